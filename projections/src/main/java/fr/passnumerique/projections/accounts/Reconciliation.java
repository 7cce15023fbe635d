package fr.passnumerique.projections.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.projections.loop.Caveats;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of each funder's commitment to an agreement, stage by stage, in integer cents.
 *
 * <p>Titles are counted under the funder whose share they are, cash under whoever's it is: what a
 * pre-financier covers for a share paid on use is a line of both.
 *
 * @param position of the last fact that counts
 * @param recordedAt of that fact, UTC
 * @param total of all funders; what one advances for another cancels out
 * @param caveats what must be known beside the figures; left out if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reconciliation(
    long position,
    @Nullable Instant recordedAt,
    @Nullable LocalDate businessDate,
    String agreement,
    List<OfFunder> funders,
    OfFunder total,
    @Nullable Caveats caveats) {

  /** In the order in which a euro passes them. */
  public enum Stage {
    /** The ceilings of the agreement's last version. */
    COMMITTED("Engagé"),
    /** Received from the funder, ever, with what it moved in from, less out to, its others. */
    PAID_IN("Versé"),
    /** Face value of its share of all cheques issued, replacements included. */
    ISSUED("Émis"),
    ACTIVATED("Activé"),
    HANDED_OUT("Distribué"),
    /** Accepted from venues, also where the line was reversed since. */
    REDEEMED("Accepté"),
    /** Put into a transfer, or netted. */
    SETTLED("Réglé"),
    /** Paid by the bank's word, or netted. */
    CONFIRMED("Confirmé"),
    REFUNDED("Restitué");

    private final String label;

    Stage(String label) {
      this.label = label;
    }
  }

  /**
   * @param label the French name
   */
  public record AtStage(Stage stage, String label, long cents) {}

  /**
   * Part of an explanation.
   *
   * @param what stable name
   * @param label the French name
   * @param cents above zero if it is in the earlier stage and not in the later one
   */
  public record Line(String what, String label, long cents) {}

  /**
   * Why two stages that follow each other differ.
   *
   * @param cents what the earlier stage has more
   * @param unexplainedCents {@code cents} less the lines: 0, or a figure is wrong
   */
  public record Difference(
      Stage from, Stage to, long cents, List<Line> lines, long unexplainedCents) {}

  /**
   * What of the funder's cash is still on the ring-fenced account, and for whom.
   *
   * @param unexplainedCents {@code bankCents} less the lines: 0, or a figure is wrong
   */
  public record Held(long bankCents, List<Line> lines, long unexplainedCents) {}

  /**
   * What the funder has paid in and not got back, as {@code readBalances} shows it.
   *
   * @param receivedCents from the bank
   * @param movedCents in from its other agreements, less what was moved out
   * @param refundedCents of cheques
   * @param givenBackCents of what was in no cheque
   * @param paidInCents received + moved - refunded - given back
   */
  public record PaidIn(
      long receivedCents,
      long movedCents,
      long refundedCents,
      long givenBackCents,
      long paidInCents) {}

  /**
   * @param funder empty for the total
   * @param name public name
   * @param terms PREPAID or ON_USE; empty for the total, and where an amendment dropped the funder
   */
  public record OfFunder(
      String funder,
      String name,
      String terms,
      PaidIn paidIn,
      List<AtStage> stages,
      List<Difference> differences,
      Held held) {

    /**
     * @param sharesCash whether another funder's share of the agreement is paid from this one's
     *     cash, or its own from another's: then what is owed and under way is not told apart by
     *     share in the accounts, and is what the stages leave
     */
    static OfFunder of(
        String funder,
        String name,
        String terms,
        long committed,
        Map<AccountKind, Long> sums,
        boolean sharesCash) {
      return new Sheet(committed, sums, sharesCash).of(funder, name, terms);
    }
  }

  /** One funder's figures. */
  private static final class Sheet {
    private final Map<AccountKind, Long> sums;
    private final boolean sharesCash;
    private final long[] stages;
    private final List<Difference> differences = new ArrayList<>();

    Sheet(long committed, Map<AccountKind, Long> sums, boolean sharesCash) {
      this.sums = sums;
      this.sharesCash = sharesCash;
      this.stages =
          new long[] {
            committed,
            debit(AccountKind.EVER_RECEIVED) + debit(AccountKind.EVER_MOVED),
            -debit(AccountKind.TITLES_ISSUED),
            debit(AccountKind.EVER_ACTIVATED) + debit(AccountKind.EVER_REACTIVATED),
            debit(AccountKind.EVER_HANDED_OUT),
            debit(AccountKind.TITLES_REDEEMED)
                + debit(AccountKind.TITLES_PAID)
                + debit(AccountKind.TITLES_VOID),
            debit(AccountKind.EVER_SETTLED),
            debit(AccountKind.EVER_CONFIRMED),
            debit(AccountKind.EVER_REFUNDED) + debit(AccountKind.EVER_GIVEN_BACK)
          };
    }

    private long debit(AccountKind kind) {
      return sums.getOrDefault(kind, 0L);
    }

    private long at(Stage stage) {
      return stages[stage.ordinal()];
    }

    OfFunder of(String funder, String name, String terms) {
      long inactive = at(Stage.ISSUED) - at(Stage.ACTIVATED);
      long leftAfter =
          at(Stage.HANDED_OUT) - at(Stage.REDEEMED) - debit(AccountKind.TITLES_HANDED_OUT);
      long left =
          debit(AccountKind.TITLES_EXPIRED)
              + debit(AccountKind.TITLES_OPPOSED)
              + debit(AccountKind.TITLES_REPLACED);
      long claim = debit(AccountKind.ON_USE_CLAIM);
      explain(
          Stage.COMMITTED,
          line("claimOnUse", "Dû au préfinanceur sur usage", claim),
          line("notPaidIn", "Pas encore versé", at(Stage.COMMITTED) - at(Stage.PAID_IN) - claim));
      explain(
          Stage.PAID_IN,
          line("unallocated", "Non affecté", -debit(AccountKind.FUNDER_CREDIT)),
          line("toGiveBack", "Fonds libres à rendre", -debit(AccountKind.TO_GIVE_BACK)),
          line("givenBack", "Rendu sans emploi", debit(AccountKind.EVER_GIVEN_BACK)),
          line("repaid", "Remboursé au préfinanceur", debit(AccountKind.EVER_REPAID)),
          line("advanced", "Préfinancé par un autre", -debit(AccountKind.EVER_ADVANCED)),
          line("notActivated", "Émis, non activé", -inactive),
          line("replaced", "Réactivé par remplacement", -debit(AccountKind.EVER_REACTIVATED)));
      explain(Stage.ISSUED, line("notActivated", "Émis, non activé", inactive));
      explain(
          Stage.ACTIVATED,
          line("inStock", "En stock opérateur", debit(AccountKind.TITLES_IN_STOCK)),
          line("atPrescribers", "Chez les prescripteurs", debit(AccountKind.TITLES_AT_PRESCRIBER)),
          line("leftBefore", "Périmé, opposé ou remplacé avant distribution", left - leftAfter),
          line("notActivated", "Émis, non activé", -inactive));
      explain(
          Stage.HANDED_OUT,
          line("live", "Entre les mains du public", debit(AccountKind.TITLES_HANDED_OUT)),
          line("leftAfter", "Périmé, opposé ou remplacé après distribution", leftAfter));
      long waived = debit(AccountKind.EVER_WAIVED);
      long reversed = debit(AccountKind.EVER_REVERSED_UNPAID);
      explain(
          Stage.REDEEMED,
          line("owed", "Dû aux lieux", owed(waived, reversed)),
          line("waived", "Sans paiement : le lieu y renonce", waived),
          line(
              "reversedUnpaid", "Annulé avant paiement, net de ce qui est dû à nouveau", reversed));
      explain(
          Stage.SETTLED,
          line(
              "inTransit",
              "Virements en cours",
              sharesCash
                  ? at(Stage.SETTLED) - at(Stage.CONFIRMED)
                  : -debit(AccountKind.TRANSFER_IN_TRANSIT)));
      explain(
          Stage.CONFIRMED,
          line("paid", "Payé aux lieux, acquis", debit(AccountKind.TITLES_PAID)),
          line("toRecover", "Indus à recouvrer", debit(AccountKind.EVER_CLAIMED) - recovered()),
          line(
              "reversedInTransit",
              "Indus dont le virement est en cours",
              -debit(AccountKind.EVER_CLAIMED_UNPAID)),
          line("netted", "Recouvré par compensation", debit(AccountKind.EVER_NETTED)),
          line("paidBack", "Recouvré par note de débit", debit(AccountKind.EVER_PAID_BACK)),
          line("refunded", "Restitué", -at(Stage.REFUNDED)));
      List<AtStage> all = new ArrayList<>();
      for (Stage stage : Stage.values()) {
        all.add(new AtStage(stage, stage.label, at(stage)));
      }
      return new OfFunder(funder, name, terms, paidIn(), all, differences, held());
    }

    private PaidIn paidIn() {
      return new PaidIn(
          debit(AccountKind.EVER_RECEIVED),
          debit(AccountKind.EVER_MOVED),
          debit(AccountKind.EVER_REFUNDED),
          debit(AccountKind.EVER_GIVEN_BACK),
          at(Stage.PAID_IN) - at(Stage.REFUNDED));
    }

    /** From venues, of what they had been paid. */
    private long recovered() {
      return debit(AccountKind.EVER_NETTED) + debit(AccountKind.EVER_PAID_BACK);
    }

    private long owed(long waived, long reversed) {
      return sharesCash
          ? at(Stage.REDEEMED) - at(Stage.SETTLED) - waived - reversed
          : -debit(AccountKind.VENUE_PAYABLE);
    }

    private Held held() {
      List<Line> lines =
          List.of(
              line("unallocated", "Non affecté", -debit(AccountKind.FUNDER_CREDIT)),
              line(
                  "outstanding", "Chèques en circulation", -debit(AccountKind.CHEQUES_OUTSTANDING)),
              line("owed", "Dû aux lieux", -debit(AccountKind.VENUE_PAYABLE)),
              line("inTransit", "Virements en cours", -debit(AccountKind.TRANSFER_IN_TRANSIT)),
              line("executed", "Exécutés, débit attendu", -debit(AccountKind.TRANSFER_EXECUTED)),
              line("dueBack", "À restituer", -debit(AccountKind.DUE_BACK)),
              line("toGiveBack", "Fonds libres à rendre", -debit(AccountKind.TO_GIVE_BACK)));
      long bank = debit(AccountKind.BANK);
      return new Held(bank, lines, bank - sum(lines));
    }

    private void explain(Stage from, Line... lines) {
      Stage to = Stage.values()[from.ordinal() + 1];
      long cents = at(from) - at(to);
      differences.add(new Difference(from, to, cents, List.of(lines), cents - sum(List.of(lines))));
    }

    private static Line line(String what, String label, long cents) {
      return new Line(what, label, cents);
    }

    private static long sum(List<Line> lines) {
      return lines.stream().mapToLong(Line::cents).sum();
    }
  }
}
