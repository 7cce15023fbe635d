package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cheques of one order, under the rules of the day on which they were issued. */
final class Batch {
  final int number;
  final Action.Order order;
  final String programme;
  final Action.Rules rules;
  final LocalDate issuedOn;
  final World.Terms terms;
  final List<Cheque> cheques = new ArrayList<>();
  boolean expired;

  /** Step and party; the operator is the empty one. */
  final Set<String> signatures = new HashSet<>();

  /** By whom, that nothing is handed out any more. */
  final Map<String, LocalDate> approvedOn = new TreeMap<>();

  /** By owner. */
  final Map<String, Note> notes = new TreeMap<>();

  /** Owners of cash with whom the operator has agreed the statement. */
  final Set<String> agreed = new HashSet<>();

  /** What a funder who pays on use had repaid for nothing, and has back by its own note. */
  final Map<String, Undue.GivenBack> givenBack = new TreeMap<>();

  /** A credit note for what is due back to one owner. */
  static final class Note {
    final LocalDate issuedOn;
    @Nullable LocalDate refundedOn;

    /** It is none any more: of cash that was in no cheque. */
    boolean cancelled;

    /** That is to give it back, or has. */
    World.@Nullable Transfer holder;

    /** What left the account for it by a clerk's word, of no order of refunds. */
    Account.@Nullable Movement byHand;

    /** Whether the bank has shown that. */
    boolean proved;

    /** Of a note for what came back since the statement, or was in no cheque; else 0. */
    long cents;

    Note(LocalDate issuedOn) {
      this.issuedOn = issuedOn;
    }
  }

  Batch(
      int number,
      Action.Order order,
      String programme,
      Action.Rules rules,
      LocalDate issuedOn,
      World.Terms terms) {
    this.number = number;
    this.order = order;
    this.programme = programme;
    this.rules = rules;
    this.issuedOn = issuedOn;
    this.terms = terms;
  }

  /** J + tolerance: nothing is served or presented after it. */
  LocalDate over() {
    return order.endsOn().plusDays(rules.toleranceDays());
  }

  /** Whether all whose cheques they are, or whose cash, had approved the end by a day before. */
  boolean isBlockedBefore(LocalDate day) {
    return cheques.stream()
        .flatMap(
            cheque ->
                cheque.shares.keySet().stream()
                    .flatMap(funder -> Stream.of(funder, cheque.cashOwner(funder))))
        .distinct()
        .allMatch(party -> approvedOn.getOrDefault(party, day).isBefore(day));
  }

  boolean has(int first, int last) {
    return first >= 1 && last >= first && last <= cheques.size();
  }

  List<Cheque> range(int first, int last) {
    return cheques.subList(first - 1, last);
  }
}
