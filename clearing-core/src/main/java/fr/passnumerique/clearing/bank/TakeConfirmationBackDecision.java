package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.TakeConfirmationBack.TakenBack;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.settlement.BankWord.Known;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.TransferWord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A word that the account never bore out, a clerk's or a status of the bank's, is a clerk's to take
 * back: one does, as one confirms, for nobody is paid by it. The transfer is in transit again and
 * owed to nobody a second time; it is rejected, or debited, by another word. The road not taken: to
 * believe a rejection that the bank tells after such a word. Whichever is wrong, what is paid twice
 * is gone.
 *
 * <p>Boundary: the transfer, whose debit the bank may show meanwhile, and what became of its lines.
 */
final class TakeConfirmationBackDecision implements Decider<TakeConfirmationBack, TakenBack> {
  private static final Set<Standing> PAID = Set.of(Standing.CONFIRMED, Standing.EXECUTED);

  private final BankRegister register;
  private final TransferWord word;

  TakeConfirmationBackDecision(BankRegister register, TransferWord word) {
    this.register = register;
    this.word = word;
  }

  @Override
  public Class<TakeConfirmationBack> command() {
    return TakeConfirmationBack.class;
  }

  @Override
  public Decision<TakenBack> decide(TakeConfirmationBack c, Instant receivedAt) {
    if (!word.transfersOf(c.run()).contains(c.transfer())) {
      return Decision.refuse(
          BankRefusal.UNKNOWN_TRANSFER.because(
              "transferId",
              "no run %s that was released has a transfer %s".formatted(c.run(), c.transfer()),
              "read the run for its transfers (readSettlementRun)"));
    }
    Long before = register.paymentTakenBack(c.transfer(), c.paidOn());
    if (before != null) {
      return new Decision.Known<>(before, fact -> reply(TakenBack.of(fact), c));
    }
    Optional<LocalDate> paidOn =
        word.find(c.transfer().value())
            .filter(known -> PAID.contains(known.standing()))
            .flatMap(Known::endedOn);
    if (paidOn.filter(c.paidOn()::equals).isEmpty()) {
      return Decision.refuse(
          BankRefusal.NOT_CONFIRMED.because(
              "paidOn",
              "transfer %s does not count as paid on %s%s"
                  .formatted(
                      c.transfer(), c.paidOn(), paidOn.map(day -> ", but on " + day).orElse("")),
              "read the run for what has become of it (readSettlementRun)"));
    }
    if (register.isProved(c.transfer())) {
      return Decision.refuse(
          BankRefusal.CONFIRMATION_SHOWN.because(
              "transferId",
              "the debit of transfer %s is on a statement of the bank".formatted(c.transfer()),
              "have the bank correct its statement; what it tells no more is taken back by"
                  + " closeBankException"));
    }
    Optional<? extends Fact> back = word.confirmationTakenBack(c.transfer(), c.reason(), c.by());
    return back.isEmpty() ? Decision.refuse(movedOn(c)) : accept(c, back.get());
  }

  private Decision<TakenBack> accept(TakeConfirmationBack c, Fact back) {
    Set<String> looked = new HashSet<>(back.tags());
    looked.addAll(word.reversalsOf(c.transfer()));
    return Decision.accept(back, Boundary.of(looked), TakenBack.of(back));
  }

  private static Refusal movedOn(TakeConfirmationBack c) {
    return BankRefusal.CONFIRMATION_MOVED_ON.because(
        "transferId",
        "transfer %s netted lines, or lines of it were reversed since its run took them, and that is settled by its confirmation"
            .formatted(c.transfer()),
        "pay it anew at the bank, and match that debit to this transfer by matchBankEntry: it"
            + " proves what counts as paid");
  }

  private static Decision.Reply<TakenBack> reply(TakenBack recorded, TakeConfirmationBack c) {
    return recorded.reason().filter(c.reason()::equals).isPresent()
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            BankRefusal.CONFIRMATION_ALREADY_TAKEN_BACK.because(
                "reason",
                "the confirmation of transfer %s was taken back for another reason%s"
                    .formatted(
                        c.transfer(), recorded.reason().map(reason -> ", " + reason).orElse("")),
                "nothing is to be done"));
  }
}
