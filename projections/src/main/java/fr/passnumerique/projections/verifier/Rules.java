package fr.passnumerique.projections.verifier;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is held against each fact that is shown, by what the export has of the facts before it: all
 * of a whole ledger, less of a share, least of a range.
 */
final class Rules {
  private final Findings findings;
  private final Once once;
  private final Totals totals;
  private final Persons persons;
  private final OpenedDays openedDays;
  private final Releases releases;
  private final ServiceDays serviceDays;

  private final Splits splits;
  private final Cheques cheques;
  private final Ends ends;

  private final Ceilings ceilings;
  private final Places places;
  private final Payments payments;
  private final Bookings bookings;
  private final Refunds refunds;
  private final Recoveries recoveries;
  private final Repaid repaid;
  private final Payees payees;
  private final Statements statements = new Statements();
  private final ByHand byHand = new ByHand();

  private boolean fromTheFirst;
  private boolean whole;
  private long unfollowed;

  Rules(Findings findings) {
    this.findings = findings;
    once = new Once(findings);
    totals = new Totals(findings);
    persons = new Persons(findings);
    openedDays = new OpenedDays(findings);
    releases = new Releases(findings);
    serviceDays = new ServiceDays(findings);
    splits = new Splits(findings);
    cheques = new Cheques(findings);
    ends = new Ends(findings, splits, cheques);
    ceilings = new Ceilings(findings);
    places = new Places(findings);
    payments = new Payments(findings);
    bookings = new Bookings(findings);
    refunds = new Refunds(findings);
    recoveries = new Recoveries(findings);
    repaid = new Repaid(findings);
    payees = new Payees(findings);
  }

  /**
   * @return what can be checked of it beside its rows
   */
  Set<Check> begin(ExportedLine.Header header) {
    fromTheFirst = header.firstPosition() == 1;
    whole = fromTheFirst && header.whole();
    if (!fromTheFirst) {
      return Set.of();
    }
    EnumSet<Check> checked = EnumSet.of(Check.SPLIT, Check.REDEEMED_ONCE, Check.SIDE, Check.COVER);
    if (whole) {
      serviceDays.ofWhole();
      checked.addAll(EnumSet.of(Check.VENUE, Check.DAYS, Check.PERSONS, Check.CEILING));
    } else {
      splits.ofShare();
      cheques.ofShare();
    }
    return checked;
  }

  /** What the rows of a part can tell alone, and not that it holds of the whole. */
  Set<Check> partly() {
    return whole ? Set.of() : EnumSet.of(Check.DAYS, Check.PERSONS);
  }

  /** Before anything else is made of it. */
  void form(ExportedRow row, JsonNode fact) {
    PayloadForm.fault(row.type(), row.version(), fact)
        .map("the payload is no %s of the format: %%s".formatted(row.type())::formatted)
        .or(() -> RowForm.fault(row, fact))
        .ifPresent(
            what ->
                findings.add(
                    row.position(),
                    Check.FORMAT,
                    what,
                    "the fact was changed, or is of another release: ask the operator"));
    once.check(row, fact);
  }

  /**
   * @param entries what it posts
   */
  void check(ExportedRow row, JsonNode fact, List<Entry> entries) {
    long position = row.position();
    String type = row.type();
    if (fromTheFirst) {
      try {
        splits.check(position, type, fact);
      } catch (Splits.LeftOut _) {
        unfollowed++;
      }
      if (whole) {
        // A row that is left out may have accepted cheques that end here.
        ends.check(position, type, fact);
      }
      cheques.check(position, type, fact);
    }
    if (whole) {
      ceilings.check(row, fact);
      places.check(position, type, fact);
      payments.check(row, fact);
      bookings.check(position, type, fact, entries);
      refunds.check(position, type, fact);
      recoveries.check(position, type, fact);
      repaid.check(position, type, fact, entries);
      payees.check(position, type, fact);
      byHand.check(position, type, fact, entries);
      statements.check(position, row.recordedAt(), type, fact, entries);
    }
    // Last: a day that cannot be read keeps no other rule from seeing the fact.
    persons.check(position, type, fact);
    releases.check(position, type, fact);
    openedDays.check(position, row.recordedAt(), type, fact);
    serviceDays.check(row, fact);
  }

  /** That a total is what its parts sum to. */
  void total(ExportedRow row, JsonNode fact) {
    totals.check(row.position(), row.type(), fact);
  }

  /**
   * What rests on several facts of one decision is not held against those of them that are here.
   */
  void lost(long position) {
    bookings.lost(position);
    recoveries.lost(position);
  }

  /** There is no fact after the last one. */
  void end() {
    bookings.end();
    recoveries.end();
  }

  /** Of a share: rows that name cheques of which no shown row tells the split. */
  long unfollowedRows() {
    return unfollowed;
  }

  Statements statements() {
    return statements;
  }

  /** Cash by the word of clerks alone, since the last day that a statement closes. */
  List<ByHand.Unseen> unseen(Books books) {
    return statements.closedOn().map(day -> byHand.after(day, books)).orElse(List.of());
  }
}
