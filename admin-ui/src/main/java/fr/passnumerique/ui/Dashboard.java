package fr.passnumerique.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator, an auditor or a funder sees first. A funder's holds its own cents only. All
 * amounts in cents.
 *
 * @param funders empty for a funder, who is the only one
 */
record Dashboard(
    Situation situation,
    @Nullable String owner,
    Cover cover,
    Titles titles,
    List<FunderRow> funders,
    List<AgreementRow> agreements,
    VenueRows venues,
    List<FundingRow> funding,
    List<SpendingRow> spending,
    List<FlowRow> flows) {

  /**
   * @param paidIn = unallocated + inCirculation + toPay + paid
   * @param toPay accepted and not booked as paid by the bank
   */
  record FunderRow(
      String id,
      String name,
      long paidIn,
      long unallocated,
      long inCirculation,
      long toPay,
      long paid) {
    FunderRow plus(FunderRow other) {
      return new FunderRow(
          "",
          "",
          paidIn + other.paidIn,
          unallocated + other.unallocated,
          inCirculation + other.inCirculation,
          toPay + other.toPay,
          paid + other.paid);
    }
  }

  /** The same amounts, by agreement. */
  record AgreementRow(
      String id,
      String programme,
      long paidIn,
      long unallocated,
      long inCirculation,
      long toPay,
      long paid) {}

  /**
   * @param name public; empty for a sole trader
   * @param accepted = owed + inTransit + paid
   */
  record VenueRow(String id, String name, long accepted, long owed, long inTransit, long paid) {
    /** A sole trader's name is nobody's to read here. */
    public String label() {
      return name.isEmpty() ? "Entrepreneur individuel" : name;
    }
  }

  /**
   * @param shown those with the highest amounts accepted
   * @param others how many are left out
   * @param rest what these come to
   */
  record VenueRows(List<VenueRow> shown, int others, VenueRow rest, VenueRow total) {}

  /** Where the money comes from. */
  record FundingRow(
      String departement, long issued, long inCirculation, long accepted, long paid) {}

  /** Where the services were given. */
  record SpendingRow(String departement, long accepted, long toPay, long paid) {}

  /** What one département funded and another, or the same, spent. */
  record FlowRow(String from, String to, long accepted) {}

  public FunderRow fundersTotal() {
    return funders.stream().reduce(new FunderRow("", "", 0, 0, 0, 0, 0), FunderRow::plus);
  }
}
