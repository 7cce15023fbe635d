package fr.passnumerique.projections.registers;

import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.Tables;
import fr.passnumerique.projections.loop.UnfoldableFactException;
import java.util.List;

/** Who are the parties, what stands in the label register, and who holds which titles? */
final class RegistersProjection implements Projection {
  static final String NAME = "registers";

  private static final Tables TABLES =
      Tables.of(
              "funder",
              "programme",
              "agreement",
              "agreement_share",
              "prescriber",
              "venue",
              "point_of_service",
              "batch",
              "stock",
              "stock_movement",
              "payee_account",
              "account_opening",
              "account_closing")
          .comparedByRow("funder", "t.id")
          .comparedByRow("programme", "t.id")
          .comparedByRow("agreement", "t.id")
          .comparedByRow("agreement_share", "concat_ws(' ', t.agreement, t.key_version, t.place)")
          .comparedByRow("prescriber", "t.id")
          .comparedByRowOfNow("venue", "t.id")
          .comparedByRow("point_of_service", "concat_ws(' ', t.venue, t.id)")
          .comparedByRow("batch", "t.number::text")
          .comparedByRow("stock", "concat_ws(' ', t.prescriber, t.batch)")
          .comparedByGroup(
              "stock_movement",
              "concat_ws(' ', t.prescriber, t.batch)",
              "concat_ws(' ', t.prescriber, t.batch, t.position)")
          .comparedByRow("payee_account", "t.account")
          .comparedByRow("account_opening", "t.position::text")
          .comparedByRow("account_closing", "t.position::text");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tables tables() {
    return TABLES;
  }

  @Override
  public Changes fold(List<RecordedFact> facts) {
    Parties parties = new Parties();
    ListedVenues venues = new ListedVenues();
    HeldTitles titles = new HeldTitles();
    for (RecordedFact recorded : facts) {
      parties.fold(recorded.fact());
      venues.fold(recorded);
      titles.fold(recorded);
    }
    return connection -> {
      parties.write(connection);
      venues.write(connection);
      titles.write(connection);
    };
  }

  /**
   * @param impossible what a fact tells of that no row has
   */
  static void requireAll(int found, int wanted, String impossible) {
    if (found != wanted) {
      throw new UnfoldableFactException(
          "%d of %d facts tell of a %s".formatted(wanted - found, wanted, impossible));
    }
  }
}
