package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.http.Problem;
import java.util.List;
import java.util.stream.Collectors;
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
  public String parameter() {
    return parameter;
  }

  /** Of an account: one or two. */
  List<String> columns() {
    return columns;
  }

  /**
   * @throws Problem INVALID_PARAMETER for a name that is none
   */
  static Grouping required(String parameter) {
    return Stream.of(values())
        .filter(grouping -> grouping.parameter.equals(parameter))
        .findFirst()
        .orElseThrow(
            () -> {
              String known =
                  Stream.of(values()).map(Grouping::parameter).collect(Collectors.joining(", "));
              return Problem.badRequest(
                  "INVALID_PARAMETER",
                  "the parameter groupBy can be " + known,
                  List.of(
                      Problem.Fault.of("groupBy", "", "is none of " + known, "correct the value")));
            });
  }
}
