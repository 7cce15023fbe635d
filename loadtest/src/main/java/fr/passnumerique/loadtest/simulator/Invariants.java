package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunContinued;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.loadtest.model.Pot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of the engine's facts and balances whatever the model says. */
final class Invariants {
  private final Map<Integer, Long> faceValues = new HashMap<>();
  private final Set<Long> redeemed = new HashSet<>();
  private final Set<Long> reversed = new HashSet<>();
  private final Set<String> paid = new HashSet<>();
  private final Set<String> refunded = new HashSet<>();

  /** What the bank told and tells no more, by agreement and whose credit it was. */
  private final Map<String, Long> takenBack = new HashMap<>();

  private long owed;
  private long settled;

  void hold(Fact fact) {
    switch (fact) {
      case ChequesIssued f -> {
        faceValues.put(f.batch().number(), f.faceValueCents());
        equal(
            "the shares of batch " + f.batch(),
            f.shares().stream().mapToLong(FundedCents::cents).sum(),
            f.chequeCount() * f.faceValueCents());
      }
      case SlipJudged f -> hold(f);
      case SlipWithdrawn f -> {
        f.cheques().forEach(cheque -> redeemed.remove(cheque.key()));
        owed -= f.owed().stream().mapToLong(SpentCents::cents).sum();
      }
      case SettlementRunOpened f -> {
        f.transfers().forEach(Invariants::hold);
        for (Netting netting : f.nettings()) {
          equal(
              "what run %s recovers".formatted(f.run()), sum(netting.recovered()), netting.cents());
        }
      }
      case LinesReversed f ->
          f.lines()
              .forEach(
                  line -> {
                    if (!reversed.add(line.cheque().key())) {
                      throw new Mismatch(
                          Mismatch.Kind.INVARIANT,
                          "cheque %s is reversed twice".formatted(line.cheque()));
                    }
                  });
      case SettlementRunContinued f -> f.transfers().forEach(Invariants::hold);
      case TransferConfirmed f -> {
        if (!paid.add(f.transfer().value())) {
          throw new Mismatch(
              Mismatch.Kind.INVARIANT, "transfer %s is paid twice".formatted(f.transfer()));
        }
        settled += f.amountCents();
      }
      case ReversalLifted f -> f.owedAgain().forEach(line -> owed += sum(line.parts()));
      case TransferExecuted f -> {
        if (!paid.add(f.transfer().value())) {
          throw new Mismatch(
              Mismatch.Kind.INVARIANT, "transfer %s is paid twice".formatted(f.transfer()));
        }
        settled += f.amountCents();
      }
      case TransferDebitTakenBack f when f.executedOn().isEmpty() -> {
        paid.remove(f.transfer().value());
        settled -= f.amountCents();
      }
      case TransferExecutionTakenBack f -> {
        paid.remove(f.transfer().value());
        settled -= f.amountCents();
      }
      case TransferReturned f -> {
        paid.remove(f.transfer().value());
        settled -= f.amountCents();
      }
      case CreditNoteRefunded f -> {
        if (!refunded.add(f.creditNote().value())) {
          throw new Mismatch(
              Mismatch.Kind.INVARIANT, "note %s is refunded twice".formatted(f.creditNote()));
        }
      }
      case RefundReturned f -> refunded.remove(f.creditNote().value());
      case RefundTakenBack f -> refunded.remove(f.creditNote().value());
      case ReceiptTakenBack f -> {
        takenBack.merge(f.agreement() + " " + f.funder(), f.ownCents(), Long::sum);
        f.repaid()
            .ifPresent(
                back ->
                    takenBack.merge(
                        f.agreement() + " " + back.preFinancier(), back.cents(), Long::sum));
      }
      default -> {}
    }
    if (settled > owed) {
      throw new Mismatch(
          Mismatch.Kind.INVARIANT, "%d cents are paid of %d owed".formatted(settled, owed));
    }
  }

  private static long sum(List<SpentCents> parts) {
    return parts.stream().mapToLong(SpentCents::cents).sum();
  }

  private void hold(SlipJudged slip) {
    long faces = 0;
    for (SlipJudged.Line line : slip.lines()) {
      if (line.rejected().isEmpty()) {
        var serial = line.cheque().orElseThrow();
        if (!redeemed.add(serial.key())) {
          throw new Mismatch(
              Mismatch.Kind.INVARIANT, "cheque %s is redeemed twice".formatted(serial));
        }
        faces += faceValues.getOrDefault(serial.batch().number(), 0L);
      }
    }
    equal(
        "what slip %s/%s is owed".formatted(slip.venue(), slip.reference()),
        sum(slip.owed()) + sum(slip.waived()),
        faces);
    owed += sum(slip.owed());
  }

  private static void hold(SettlementRunOpened.Transfer transfer) {
    equal(
        "the slips of transfer " + transfer.transfer(),
        transfer.slips().stream().mapToLong(SettlementRunOpened.PaidSlip::cents).sum(),
        transfer.amountCents());
    equal(
        "the parts of transfer " + transfer.transfer(),
        transfer.parts().stream().mapToLong(part -> part.spent().cents()).sum(),
        transfer.amountCents());
  }

  private static void equal(String what, long is, long mustBe) {
    if (is != mustBe) {
      throw new Mismatch(
          Mismatch.Kind.INVARIANT, "%s come to %d, not to %d".formatted(what, is, mustBe));
    }
  }

  /** Conservation of titles and of money, per agreement, funder and département; cover. */
  void hold(Map<Pot, Long> pots) {
    Map<String, Long> titles = new HashMap<>();
    Map<String, Long> money = new HashMap<>();
    pots.forEach(
        (pot, cents) -> {
          String of = pot.programme() + " " + pot.agreement() + " " + pot.funder();
          if (pot.kind().startsWith("TITLES_")) {
            titles.merge(of + " " + pot.fundingDepartement(), cents, Long::sum);
            if (!pot.kind().equals("TITLES_ISSUED") && cents < 0) {
              throw new Mismatch(
                  Mismatch.Kind.INVARIANT, "%d cents of titles at %s".formatted(cents, pot));
            }
          } else {
            if (!pot.kind().startsWith("ON_USE_")) {
              money.merge(of, cents, Long::sum);
            }
            if (isOwed(pot.kind()) && cents > gone(pot)
                || pot.kind().equals("RECEIVABLE_IF_PAID") && cents < 0) {
              throw new Mismatch(
                  Mismatch.Kind.INVARIANT,
                  "less than nothing is owed: %d at %s".formatted(cents, pot));
            }
          }
        });
    titles.forEach((of, sum) -> equal("the titles of " + of, sum, 0));
    money.forEach((of, sum) -> equal("the money of " + of, sum, 0));
  }

  /**
   * What was paid to venues is paid for lines that stand, or was claimed from them; and what was
   * claimed and has not come back is what they owe.
   */
  void hold(Map<Pot, Long> pots, Map<Pot, Long> stages) {
    Map<String, Long> paid = new HashMap<>();
    Map<String, Long> claimed = new HashMap<>();
    for (Map<Pot, Long> each : List.of(pots, stages)) {
      each.forEach(
          (pot, cents) -> {
            String share = pot.agreement() + " " + pot.funder();
            switch (pot.kind()) {
              case "EVER_CONFIRMED", "EVER_CLAIMED_UNPAID" -> paid.merge(share, cents, Long::sum);
              case "TITLES_PAID" -> paid.merge(share, -cents, Long::sum);
              case "EVER_CLAIMED" -> {
                paid.merge(share, -cents, Long::sum);
                claimed.merge(pot.agreement(), cents, Long::sum);
              }
              case "EVER_NETTED", "EVER_PAID_BACK", "VENUE_RECEIVABLE", "RECEIVABLE_IF_PAID" ->
                  claimed.merge(pot.agreement(), -cents, Long::sum);
              default -> {}
            }
          });
    }
    paid.forEach((of, sum) -> equal("what was paid and is told nowhere of " + of, sum, 0));
    claimed.forEach((of, sum) -> equal("what venues owe and is not claimed of " + of, sum, 0));
  }

  /** A receipt that never was may have been spent: that is a breach of cover, and no refusal. */
  private long gone(Pot pot) {
    return pot.kind().equals("FUNDER_CREDIT")
        ? takenBack.getOrDefault(pot.agreement() + " " + pot.funder(), 0L)
        : 0;
  }

  private static boolean isOwed(String kind) {
    return switch (kind) {
      case "DUE_BACK",
          "TO_GIVE_BACK",
          "FUNDER_CREDIT",
          "CHEQUES_OUTSTANDING",
          "VENUE_PAYABLE",
          "TRANSFER_IN_TRANSIT",
          "TO_RECOVER",
          "TRANSFER_EXECUTED" ->
          true;
      default -> false;
    };
  }
}
