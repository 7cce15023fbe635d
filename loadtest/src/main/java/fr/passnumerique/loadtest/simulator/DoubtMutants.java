package fr.passnumerique.loadtest.simulator;

import static fr.passnumerique.loadtest.simulator.Mutants.register;

import fr.passnumerique.clearing.giveback.CancelGiveBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.refund.DownloadRefundFile;
import fr.passnumerique.clearing.refund.RefundFileDownloaded;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.settlement.CreditTransferFileDownloaded;
import fr.passnumerique.clearing.settlement.DownloadCreditTransferFile;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Bugs by which it is passed over that the bank may have paid something, or tells it no more. */
final class DoubtMutants {
  private DoubtMutants() {}

  static List<Mutant> all() {
    return List.of(
        new PassedOver<>(
            "a run is released though it nets what the bank may have paid",
            ReleaseSettlementRun.class,
            refusal ->
                refusal.code().name().equals("MAY_BE_PAID_ALREADY")
                    && refusal.message().contains(" nets "),
            "SettlementRegister",
            fact -> fact instanceof SettlementRunOpened,
            DoubtMutants::released),
        new PassedOver<>(
            "a file is handed out though the bank has debited a transfer of it",
            DownloadCreditTransferFile.class,
            refusal -> refusal.code().name().equals("DEBIT_UNEXPLAINED"),
            "",
            _ -> false,
            (c, _) ->
                Optional.of(
                    new CreditTransferFileDownloaded(
                        c.run(), c.by(), c.messageId(), c.sha256(), c.leftOut()))),
        new PassedOver<>(
            "a file of refunds is handed out though the bank has debited one of them",
            DownloadRefundFile.class,
            refusal -> refusal.code().name().equals("DEBIT_UNEXPLAINED"),
            "",
            _ -> false,
            (c, _) ->
                Optional.of(
                    new RefundFileDownloaded(
                        c.order(), c.by(), c.messageId(), c.sha256(), c.leftOut()))),
        new PassedOver<>(
            "a give-back is cancelled though the bank may have refunded it",
            CancelGiveBack.class,
            refusal -> refusal.code().name().equals("MAY_BE_PAID_ALREADY"),
            "GiveBackRegister",
            fact -> fact instanceof CreditGivenBack,
            DoubtMutants::cancelled),
        register(
            "a payment that the bank tells no more is recorded anew",
            "ReversalRegister",
            DebitNotePaymentTakenBack.class,
            f ->
                Altered.<DebitNotePaymentTakenBack, LocalDate>with(
                    f, "paidOn", day -> day.minusYears(1))),
        register(
            "a transfer that a clerk took back to be paid stays paid",
            "SettlementRegister",
            Fact.class,
            f ->
                f instanceof TransferExecutionTakenBack
                        || f instanceof TransferDebitTakenBack debit && debit.entry().isEmpty()
                    ? null
                    : f));
  }

  private static Optional<SettlementRunReleased> released(
      ReleaseSettlementRun c, List<Fact> opened) {
    return last(opened, SettlementRunOpened.class, run -> run.run().equals(c.run()))
        .map(
            run ->
                new SettlementRunReleased(
                    c.run(), c.by(), run.executionOn(), run.nettings(), Optional.empty()));
  }

  private static Optional<GiveBackCancelled> cancelled(CancelGiveBack c, List<Fact> given) {
    return last(given, CreditGivenBack.class, one -> one.giveBack().equals(c.giveBack()))
        .map(
            one ->
                new GiveBackCancelled(
                    c.giveBack(),
                    one.creditNote(),
                    one.agreement(),
                    one.programme(),
                    one.funder(),
                    one.amountCents(),
                    c.by()));
  }

  /** Nodes are started anew and fold all once more: the last is of the story that is played. */
  private static <F extends Fact> Optional<F> last(
      List<Fact> facts, Class<F> type, Predicate<F> such) {
    return facts.reversed().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(such)
        .findFirst();
  }

  /** Accepts what is refused for a reason. */
  private static final class PassedOver<C extends Command<F>, F extends Fact> extends Mutant {
    private final Class<C> command;
    private final Predicate<Refusal> reason;
    private final String register;
    private final Predicate<Fact> remembered;
    private final BiFunction<C, List<Fact>, Optional<F>> instead;
    private final List<Fact> facts = new ArrayList<>();

    /**
     * @param register whose facts are remembered
     * @param instead what is recorded, by the command and what is remembered
     */
    PassedOver(
        String name,
        Class<C> command,
        Predicate<Refusal> reason,
        String register,
        Predicate<Fact> remembered,
        BiFunction<C, List<Fact>, Optional<F>> instead) {
      super(name);
      this.command = command;
      this.reason = reason;
      this.register = register;
      this.remembered = remembered;
      this.instead = instead;
    }

    @Override
    Register register(Register right) {
      return !right.getClass().getSimpleName().equals(register)
          ? right
          : (fact, position, recordedAt) -> {
            if (remembered.test(fact)) {
              facts.add(fact);
            }
            right.fold(fact, position, recordedAt);
          };
    }

    @Override
    Decider<?, ?> decider(Decider<?, ?> right) {
      Function<C, Optional<Decision<F>>> accepted =
          c ->
              instead
                  .apply(c, facts)
                  .map(fact -> Decision.accept(fact, Boundary.of(fact.tags()), fact));
      return Mutants.<C, F>decision(
              name(),
              command,
              (c, decided) ->
                  decided instanceof Decision.Refuse<F>(var refusal) && reason.test(refusal)
                      ? accepted.apply(c).orElse(decided)
                      : decided)
          .decider(right);
    }
  }
}
