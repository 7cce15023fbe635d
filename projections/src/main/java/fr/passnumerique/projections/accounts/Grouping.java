package fr.passnumerique.projections.accounts;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** By what balances are summed; one list of the answer each. */
public enum Grouping {
  VENUE("venue", "venue"),
  FUNDER("funder", "funder"),
  AGREEMENT("agreement", "agreement"),
  PROGRAMME("programme", "programme"),
  PRESCRIBER("prescriber", "prescriber"),
  FUNDING_DEPARTEMENT("fundingDepartement", "funding_departement"),
  SPENDING_DEPARTEMENT("spendingDepartement", "spending_departement"),
  FLOW("flow", "funding_departement", "spending_departement");

  private final String parameter;
  private final List<String> columns;

  Grouping(String parameter, String... columns) {
    this.parameter = parameter;
    this.columns = List.of(columns);
  }

  /** As the query parameter writes it. */
  String parameter() {
    return parameter;
  }

  /** Of an account: one or two. */
  List<String> columns() {
    return columns;
  }

  static Optional<Grouping> of(String parameter) {
    return Stream.of(values()).filter(grouping -> grouping.parameter.equals(parameter)).findFirst();
  }
}
