package fr.passnumerique.loadtest.simulator;

import static fr.passnumerique.loadtest.simulator.Mutants.decision;
import static fr.passnumerique.loadtest.simulator.Mutants.forgetting;
import static fr.passnumerique.loadtest.simulator.Mutants.posting;
import static fr.passnumerique.loadtest.simulator.Mutants.register;

import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.payee.ConfirmPayeeAccount;
import fr.passnumerique.clearing.refund.OrderRefunds;
import fr.passnumerique.clearing.refund.RefundFileDownloaded;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.ReleaseRefunds;
import java.util.List;

/** Bugs in what goes back to funders by the bank. */
final class RefundMutants {
  private RefundMutants() {}

  static List<Mutant> all() {
    return List.of(
        posting("what is to be given back stays free", CreditGivenBack.class, _ -> List.of()),
        register(
            "a cancelled give-back is refunded",
            "RefundRegister",
            GiveBackCancelled.class,
            _ -> null),
        posting(
            "a give-back that is cancelled stays due back",
            GiveBackCancelled.class,
            _ -> List.of()),
        register(
            "what is given back counts as paid in for calls",
            "CallsRegister",
            CreditGivenBack.class,
            _ -> null),
        forgetting(
            "two give-backs at once give the same cash", GiveBackCredit.class, "agreement:", false),
        register(
            "the bank's proof of a refund by hand is no proof",
            "BankRegister",
            BankEntryProved.class,
            f -> f.expected().isPresent() ? null : f),
        posting("a refund that came back stays refunded", RefundReturned.class, _ -> List.of()),
        register(
            "a returned refund is not given back again",
            "ExpiryRegister",
            RefundReturned.class,
            _ -> null),
        register(
            "a cancelled order holds its notes",
            "RefundRegister",
            RefundsCancelled.class,
            _ -> null),
        register(
            "the file of refunds counts as never handed out",
            "RefundRegister",
            RefundFileDownloaded.class,
            _ -> null),
        register(
            "a rejected refund holds its note", "RefundRegister", RefundRejected.class, _ -> null),
        register(
            "a funder's closed account is refunded to",
            "PayeeRegister",
            RefundRejected.class,
            _ -> null),
        register(
            "a note is refunded by hand while its order awaits release",
            "ExpiryRegister",
            RefundsOrdered.class,
            _ -> null),
        decision(
            "who orders refunds releases them",
            ReleaseRefunds.class,
            new Mutants.Another<>(c -> new ReleaseRefunds(c.order(), c.by() + "-too"))),
        decision(
            "who proposes an account confirms it",
            ConfirmPayeeAccount.class,
            new Mutants.Another<>(
                c -> new ConfirmPayeeAccount(c.payee(), c.account(), c.by() + "-too"))),
        forgetting(
            "two orders of refunds at once hold one note",
            OrderRefunds.class,
            "credit-note:",
            false));
  }
}
