package fr.passnumerique.loadtest.simulator;

import static fr.passnumerique.loadtest.simulator.Mutants.decider;
import static fr.passnumerique.loadtest.simulator.Mutants.decision;
import static fr.passnumerique.loadtest.simulator.Mutants.forgetting;
import static fr.passnumerique.loadtest.simulator.Mutants.posting;
import static fr.passnumerique.loadtest.simulator.Mutants.recording;
import static fr.passnumerique.loadtest.simulator.Mutants.register;

import fr.passnumerique.clearing.bank.MatchBankEntry;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.SignExpiry;
import fr.passnumerique.clearing.expiry.SignExpiry.Signed;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.reversal.ContestReversal;
import fr.passnumerique.clearing.reversal.CreditRecovered;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.DecideContest;
import fr.passnumerique.clearing.reversal.IssueDebitNote;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalContested;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReverseLines;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Bugs in what venues owe back. */
final class ReversalMutants {
  private ReversalMutants() {}

  private static DebitNotePaid aCentShort(DebitNotePaid paid) {
    VoidedLine last = paid.lines().getLast();
    SpentCents part = last.parts().getLast();
    if (part.cents() < 2) {
      return paid;
    }
    List<SpentCents> parts = new ArrayList<>(last.parts());
    parts.set(parts.size() - 1, part.withCents(part.cents() - 1));
    List<VoidedLine> lines = new ArrayList<>(paid.lines());
    lines.set(
        lines.size() - 1, Altered.<VoidedLine, List<SpentCents>>with(last, "parts", _ -> parts));
    return Altered.<DebitNotePaid, List<VoidedLine>>with(paid, "lines", _ -> lines);
  }

  private static ReversalLifted asPaid(ReversalLifted f) {
    List<VoidedLine> forgiven = new ArrayList<>(f.forgiven());
    forgiven.addAll(f.unpaid());
    return new ReversalLifted(
        f.reversal(), f.venue(), f.reference(), f.decidedBy(), f.owedAgain(), forgiven, List.of());
  }

  private static boolean isOwn(Fact fact) {
    return fact instanceof CreditNoteIssued note && note.preFinancier().isPresent();
  }

  static List<Mutant> all() {
    return List.of(
        register(
            "a reversed line is not netted", "SettlementRegister", LinesReversed.class, _ -> null),
        register(
            "a contested reversal is netted",
            "SettlementRegister",
            ReversalContested.class,
            _ -> null),
        posting("a netting is not posted", SettlementRunReleased.class, _ -> List.of()),
        posting("a debit note's payment is not posted", DebitNotePaid.class, _ -> List.of()),
        register(
            "what the bank brings on a debit note is asked for again",
            "ReversalRegister",
            DebitNotePaid.class,
            f -> f.entry().isPresent() ? null : f),
        decision(
            "a debit note is paid in part a cent short",
            MatchBankEntry.class,
            (_, right) -> recording(right, DebitNotePaid.class, ReversalMutants::aCentShort)),
        posting("a lifted reversal's line is not owed again", ReversalLifted.class, _ -> List.of()),
        register(
            "a rejected transfer keeps its nettings",
            "SettlementRegister",
            TransferRejected.class,
            f -> Altered.<TransferRejected, List<Netting>>with(f, "nettings", _ -> List.of())),
        register(
            "a slip with a void cheque can be withdrawn",
            "RedemptionRegister",
            LinesReversed.class,
            _ -> null),
        posting(
            "a debit note's payment that was taken back stays paid",
            DebitNotePaymentTakenBack.class,
            _ -> List.of()),
        decider(
            "a debit note is issued ten days early",
            IssueDebitNote.class,
            command -> command,
            at -> at.plus(Duration.ofDays(10)),
            (_, right) -> right),
        decider(
            "a venue contests a week too long",
            ContestReversal.class,
            command -> command,
            at -> at.minus(Duration.ofDays(7)),
            (_, right) -> right),
        decision(
            "a reversal can be contested a day less",
            ReverseLines.class,
            (_, right) ->
                recording(
                    right,
                    LinesReversed.class,
                    f ->
                        Altered.<LinesReversed, LocalDate>with(
                            f, "contestUntil", day -> day.minusDays(1)))),
        decision(
            "a run nets nothing",
            OpenSettlementRun.class,
            (_, right) ->
                recording(
                    right,
                    SettlementRunOpened.class,
                    f ->
                        Altered.<SettlementRunOpened, List<Netting>>with(
                            f, "nettings", _ -> List.of()))),
        posting(
            "what a funder had repaid on use is not given back to it",
            CreditNoteIssued.class,
            _ -> List.of()),
        decision(
            "what a funder repaid for a withdrawn slip goes to who advanced it",
            SignExpiry.class,
            (_, right) ->
                right instanceof Decision.Accept<Signed>(var facts, var boundary, var answer)
                    ? new Decision.Accept<>(
                        facts.stream().filter(fact -> !isOwn(fact)).toList(), boundary, answer)
                    : right),
        register(
            "a line whose reversal is lifted before it is paid stays claimed",
            "SettlementRegister",
            ReversalLifted.class,
            f -> Altered.<ReversalLifted, List<VoidedLine>>with(f, "unpaid", _ -> List.of())),
        decision(
            "a line whose reversal is lifted before it is paid counts as paid",
            DecideContest.class,
            (_, right) -> recording(right, ReversalLifted.class, ReversalMutants::asPaid)),
        register(
            "what came back is credited once more",
            "ReversalRegister",
            CreditNoteIssued.class,
            _ -> null),
        decider(
            "what came back is credited while it may be contested",
            CreditRecovered.class,
            command -> command,
            at -> at.plus(Duration.ofDays(61)),
            (_, right) ->
                recording(
                    right,
                    CreditNoteIssued.class,
                    f ->
                        Altered.<CreditNoteIssued, LocalDate>with(
                            f, "issuedOn", day -> day.minusDays(61)))),
        forgetting(
            "a line is reversed while its slip is withdrawn", ReverseLines.class, "", false));
  }
}
