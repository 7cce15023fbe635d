package fr.passnumerique.ui.prescriber;

import fr.passnumerique.projections.registers.StockOutlook;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.French;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a stock lasts and what of it ends soon, in words.
 *
 * @param badge null where nothing presses
 * @param advice what to do about it; empty for nothing
 */
record StockLasts(String words, @Nullable Badge badge, String advice, List<Ending> ending) {
  /** A year's worth is enough said. */
  private static final int LONG_DAYS = 365;

  private static final String HAVE_DELIVERED = "Demandez une livraison à l’opérateur.";

  /** Cheques of a batch that are to be handed out first. */
  record Ending(String batch, String programme, String words, String advice, Badge badge) {}

  static StockLasts of(StockOutlook outlook, French french) {
    List<Ending> ending =
        outlook.ending().stream().map(batch -> ending(batch, outlook, french)).toList();
    String inStock = french.counted(outlook.inStock(), "chèque", "chèques");
    if (outlook.inStock() == 0) {
      return new StockLasts(
          "Il n’y a plus rien à remettre.", Badge.bad("Épuisé"), HAVE_DELIVERED, ending);
    }
    if (outlook.runsOutOn().isEmpty()) {
      return new StockLasts(
          "Rien n’a été remis depuis quatre semaines : rien ne dit combien de temps durent %s."
              .formatted(inStock),
          null,
          "",
          ending);
    }
    String pace =
        "Au rythme des quatre dernières semaines (%s), "
            .formatted(french.counted(outlook.handedOut(), "chèque remis", "chèques remis"));
    var until = outlook.runsOutOn().get();
    if (until.isAfter(outlook.today().plusDays(LONG_DAYS))) {
      return new StockLasts(pace + "%s durent plus d’un an.".formatted(inStock), null, "", ending);
    }
    boolean soon = !until.isAfter(outlook.today().plusDays(StockOutlook.WINDOW_DAYS));
    return new StockLasts(
        pace + "%s durent jusque vers le %s.".formatted(inStock, french.date(until)),
        soon ? Badge.warn("Bientôt épuisé") : null,
        soon ? HAVE_DELIVERED : "",
        ending);
  }

  private static Ending ending(StockOutlook.Ending batch, StockOutlook outlook, French french) {
    boolean soon = batch.endsOn().isBefore(outlook.today().plusDays(StockOutlook.SOON_DAYS));
    return new Ending(
        batch.batch(),
        batch.programmeName(),
        "%s à remettre jusqu’au %s"
            .formatted(
                french.counted(batch.inStock(), "chèque", "chèques"), french.date(batch.endsOn())),
        batch.left() == 0
            ? "À ce rythme, tout sera remis à temps."
            : "À ce rythme, il en resterait %s : remettez-les d’abord, ou rendez-les."
                .formatted(french.count(batch.left())),
        soon ? Badge.warn("Finit bientôt") : Badge.calm("Ne sera pas tout remis"));
  }
}
