package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderCheques;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.SubmitSlip;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueLabelled;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bugs as somebody might make them, each of which the simulator must find. */
final class Mutants {
  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(
            common(),
            FundingMutants.all(),
            ReversalMutants.all(),
            TitleMutants.all(),
            BankMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Those that every build tries: on ways that each story goes, so that few seeds find them. */
  static List<Mutant> common() {
    return Stream.of(postings(), registers(), answers(), boundaries(), clocks())
        .flatMap(List::stream)
        .toList();
  }

  // --- what a fact posts

  private static List<Mutant> postings() {
    return List.of(
        posting(
            "an accepted line is posted with the wrong sign", SlipJudged.class, Mutants::negated),
        posting(
            "an accepted line is posted a cent to another funder",
            SlipJudged.class,
            Mutants::aCentAside),
        posting("an activation sets no cash aside", ChequesActivated.class, _ -> List.of()),
        posting("a withdrawn slip stays owed", SlipWithdrawn.class, _ -> List.of()),
        posting("a transfer's debit is posted twice", TransferConfirmed.class, Mutants::twice),
        posting("a rejected transfer stays in transit", TransferRejected.class, _ -> List.of()),
        posting("opposed cheques are not due back", ChequesOpposed.class, Mutants::onlyTitles),
        posting("expired cheques refund nothing", ChequesExpired.class, Mutants::onlyTitles),
        posting("a refund is not taken from the bank", CreditNoteRefunded.class, _ -> List.of()),
        posting("a cancelled run stays in transit", SettlementRunCancelled.class, _ -> List.of()),
        posting(
            "titles handed out stay in the prescriber's stock",
            ChequesHandedOut.class,
            _ -> List.of()));
  }

  static List<Entry> onlyTitles(List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.account().kind().name().startsWith("TITLES_"))
        .toList();
  }

  private static List<Entry> negated(List<Entry> entries) {
    return entries.stream().map(entry -> new Entry(entry.account(), -entry.cents())).toList();
  }

  private static List<Entry> twice(List<Entry> entries) {
    List<Entry> twice = new ArrayList<>(entries);
    twice.addAll(entries);
    return twice;
  }

  /** From the first pair of entries to the next that concerns the same kinds. */
  private static List<Entry> aCentAside(List<Entry> entries) {
    List<Entry> changed = new ArrayList<>(entries);
    Entry first = entries.getFirst();
    for (int i = 1; i < entries.size(); i++) {
      Entry other = entries.get(i);
      if (other.account().kind() == first.account().kind()
          && !other.account().funder().equals(first.account().funder())) {
        changed.set(0, new Entry(first.account(), first.cents() - 1));
        changed.set(i, new Entry(other.account(), other.cents() + 1));
        return changed;
      }
    }
    return entries;
  }

  static <F extends Fact> Mutant posting(
      String name, Class<F> of, UnaryOperator<List<Entry>> change) {
    return new Mutant(name) {
      @Override
      List<Entry> postings(Fact fact, List<Entry> right) {
        return of.isInstance(fact) && !right.isEmpty() ? change.apply(right) : right;
      }
    };
  }

  // --- what a register keeps of a fact

  private static List<Mutant> registers() {
    return List.of(
        register(
            "cheques expire a day late",
            "RedemptionRegister",
            ChequesIssued.class,
            f -> Altered.<ChequesIssued, Integer>with(f, "validityDays", days -> days + 1)),
        register(
            "the tolerance is a day longer",
            "RedemptionRegister",
            ChequesIssued.class,
            f -> Altered.<ChequesIssued, Integer>with(f, "toleranceDays", days -> days + 1)),
        register(
            "the presentation window is a day short",
            "RedemptionRegister",
            ChequesIssued.class,
            f ->
                Altered.<ChequesIssued, Integer>with(
                    f, "presentationWindowDays", days -> Math.max(0, days - 1))),
        register(
            "one cheque more is taken in a visit",
            "RedemptionRegister",
            ChequesIssued.class,
            f ->
                Altered.<ChequesIssued, Integer>with(
                    f, "chequesPerVisit", most -> most == 0 ? 0 : most + 1)),
        register(
            "validity begins the day after the hand-out",
            "RedemptionRegister",
            ChequesHandedOut.class,
            f -> Altered.<ChequesHandedOut, LocalDate>with(f, "handedOutOn", on -> on.plusDays(1))),
        register(
            "the last cheque of an activation is forgotten",
            "RedemptionRegister",
            ChequesActivated.class,
            f ->
                f.firstOrdinal() == f.lastOrdinal()
                    ? f
                    : Altered.<ChequesActivated, Integer>with(f, "lastOrdinal", last -> last - 1)),
        register(
            "a withdrawn slip keeps a cheque and its visit",
            "RedemptionRegister",
            SlipWithdrawn.class,
            f ->
                Altered.<SlipWithdrawn, List<?>>with(
                    f,
                    "cheques",
                    cheques -> cheques.isEmpty() ? cheques : cheques.subList(1, cheques.size()))),
        register(
            "a label begins a day late",
            "RedemptionRegister",
            VenueLabelled.class,
            f -> Altered.<VenueLabelled, LocalDate>with(f, "labelledFrom", on -> on.plusDays(1))),
        register(
            "what is set aside can be set aside again",
            "IssuanceRegister",
            ChequesActivated.class,
            f -> Altered.<ChequesActivated, List<FundedCents>>with(f, "shares", _ -> List.of())),
        register(
            "an order's last cent is dealt again",
            "IssuanceRegister",
            ChequesIssued.class,
            f ->
                Altered.<ChequesIssued, Long>with(
                    f, "firstCent", cent -> f.keyVersion() == 1 ? cent - 1 : cent)),
        register(
            "a delivery can be delivered again",
            "DistributionRegister",
            ChequesDelivered.class,
            _ -> null),
        register(
            "a rejected transfer is not paid again",
            "SettlementRegister",
            TransferRejected.class,
            _ -> null),
        register(
            "an expired order's cheques are still accepted",
            "RedemptionRegister",
            ChequesExpired.class,
            _ -> null),
        register("a redeemed cheque expires", "ExpiryRegister", SlipJudged.class, _ -> null),
        register(
            "an opposed cheque is accepted", "RedemptionRegister", ChequesOpposed.class, _ -> null),
        register("a withdrawn slip is paid", "SettlementRegister", SlipWithdrawn.class, _ -> null),
        register(
            "a slip in a run can be withdrawn",
            "RedemptionRegister",
            SettlementRunOpened.class,
            _ -> null));
  }

  /**
   * @param change null to have the register pass the fact over
   */
  static <F extends Fact> Mutant register(
      String name, String register, Class<F> of, Function<F, @Nullable F> change) {
    return new Mutant(name) {
      @Override
      Register register(Register right) {
        if (!right.getClass().getSimpleName().equals(register)) {
          return right;
        }
        return (fact, position, recordedAt) -> {
          Fact altered = of.isInstance(fact) ? change.apply(of.cast(fact)) : fact;
          if (altered != null) {
            right.fold(altered, position, recordedAt);
          }
        };
      }
    };
  }

  // --- what a decision records and answers

  private static List<Mutant> answers() {
    return List.of(
        decision(
            "a slip is owed a cent too much",
            SubmitSlip.class,
            (_, right) -> recording(right, SlipJudged.class, slip -> owed(slip, 1, 0))),
        decision(
            "a split is off by a cent",
            SubmitSlip.class,
            (_, right) -> recording(right, SlipJudged.class, slip -> owed(slip, -1, 1))),
        decision(
            "a duplicate's verdict is computed again",
            SubmitSlip.class,
            (_, right) ->
                right instanceof Decision.Known<SlipJudged> known
                    ? new Decision.Known<>(
                        known.position(), fact -> again(known.reply().apply(fact)))
                    : right),
        decision(
            "who opened a run releases it",
            ReleaseSettlementRun.class,
            new Another<>(
                command -> new ReleaseSettlementRun(command.run(), command.by() + "-too"))),
        decision(
            "a confirmation takes the day before for the bank's",
            ConfirmTransfer.class,
            new Another<>(
                c -> new ConfirmTransfer(c.run(), c.transfer(), c.bookedOn().minusDays(1)))),
        decision(
            "a run leaves its last slip out of the amount",
            OpenSettlementRun.class,
            (_, right) -> recording(right, SettlementRunOpened.class, Mutants::withoutASlip)),
        decision(
            "cheques are activated beyond the cash",
            ActivateCheques.class,
            new Another<>(
                c ->
                    c.firstOrdinal() > 1
                        ? ActivateCheques.range(
                            c.activation(), c.batch(), c.firstOrdinal(), c.firstOrdinal())
                        : c)));
  }

  private static SlipJudged owed(SlipJudged slip, long first, long last) {
    if (slip.owed().size() < 2) {
      return slip;
    }
    return Altered.<SlipJudged, List<SpentCents>>with(
        slip,
        "owed",
        owed -> {
          List<SpentCents> changed = new ArrayList<>(owed);
          changed.set(0, changed.getFirst().withCents(changed.getFirst().cents() + first));
          int end = changed.size() - 1;
          changed.set(end, changed.getLast().withCents(changed.getLast().cents() + last));
          return changed;
        });
  }

  private static Decision.Reply<SlipJudged> again(Decision.Reply<SlipJudged> reply) {
    return reply instanceof Decision.Reply.Same<SlipJudged>(SlipJudged slip)
        ? new Decision.Reply.Same<>(
            Altered.<SlipJudged, List<SlipJudged.Line>>with(
                slip,
                "lines",
                lines ->
                    lines.stream()
                        .map(
                            line ->
                                line.rejected().isPresent()
                                    ? line
                                    : Altered.<SlipJudged.Line, Optional<Verdict>>with(
                                        line,
                                        "rejected",
                                        _ -> Optional.of(Verdict.ALREADY_REDEEMED)))
                        .toList()))
        : reply;
  }

  private static SettlementRunOpened withoutASlip(SettlementRunOpened run) {
    return Altered.<SettlementRunOpened, List<SettlementRunOpened.Transfer>>with(
        run,
        "transfers",
        transfers ->
            transfers.stream()
                .map(
                    transfer ->
                        transfer.slips().size() < 2
                            ? transfer
                            : Altered.<SettlementRunOpened.Transfer, List<?>>with(
                                transfer, "slips", slips -> slips.subList(1, slips.size())))
                .toList());
  }

  static <F extends Fact, A> Decision<A> recording(
      Decision<A> right, Class<F> type, UnaryOperator<F> change) {
    if (!(right instanceof Decision.Accept<A>(var facts, var boundary, var answer))) {
      return right;
    }
    List<Fact> changed =
        facts.stream()
            .<Fact>map(fact -> type.isInstance(fact) ? change.apply(type.cast(fact)) : fact)
            .toList();
    return new Decision.Accept<>(changed, boundary, answer);
  }

  /** Decides another command in the place of the one that was sent. */
  private record Another<C>(UnaryOperator<C> command) {}

  static <C extends Command<A>, A> Mutant decision(
      String name, Class<C> of, BiFunction<C, Decision<A>, Decision<A>> change) {
    return decider(name, of, command -> command, at -> at, change);
  }

  static <C extends Command<A>, A> Mutant decision(String name, Class<C> of, Another<C> another) {
    return decider(name, of, another.command(), at -> at, (_, right) -> right);
  }

  static <C extends Command<A>, A> Mutant decider(
      String name,
      Class<C> of,
      UnaryOperator<C> command,
      UnaryOperator<Instant> clock,
      BiFunction<C, Decision<A>, Decision<A>> change) {
    return new Mutant(name) {
      @Override
      @SuppressWarnings("unchecked")
      Decider<?, ?> decider(Decider<?, ?> right) {
        if (!right.command().equals(of)) {
          return right;
        }
        Decider<C, A> decider = (Decider<C, A>) right;
        return new Decider<C, A>() {
          @Override
          public Class<C> command() {
            return of;
          }

          @Override
          public Decision<A> decide(C sent, Instant receivedAt) {
            return change.apply(sent, decider.decide(command.apply(sent), clock.apply(receivedAt)));
          }
        };
      }
    };
  }

  // --- what a decision forgets to have looked at

  private static List<Mutant> boundaries() {
    return List.of(
        forgetting("two slips at once redeem a cheque twice", SubmitSlip.class, "", true),
        forgetting("two activations at once use the same cash", ActivateCheques.class, "", false),
        forgetting("two orders at once get one batch number", OrderCheques.class, "", false),
        forgetting("two runs at once pay a line twice", OpenSettlementRun.class, "runs:", false));
  }

  /**
   * @param prefix of the tags that are left out; empty for all but one that nobody writes
   */
  static <C extends Command<A>, A> Mutant forgetting(
      String name, Class<C> of, String prefix, boolean cheques) {
    return decision(
        name,
        of,
        (_, right) -> {
          if (!(right instanceof Decision.Accept<A>(var facts, var boundary, var answer))) {
            return right;
          }
          Set<String> tags = new HashSet<>(boundary.tags());
          if (!cheques) {
            tags.removeIf(tag -> tag.startsWith(prefix));
          }
          tags.add("nothing:");
          return new Decision.Accept<>(
              facts, new Boundary(tags, cheques ? Fact.NO_CHEQUES : boundary.cheques()), answer);
        });
  }

  // --- what day it is

  private static List<Mutant> clocks() {
    return List.of(
        decider(
            "slips are dated in UTC",
            SubmitSlip.class,
            command -> command,
            at -> Paris.startOf(at.atZone(ZoneOffset.UTC).toLocalDate()),
            (_, right) -> right),
        decider(
            "the clock is not put forward in March",
            SubmitSlip.class,
            command -> command,
            at -> Paris.startOf(at.atOffset(ZoneOffset.ofHours(1)).toLocalDate()),
            (_, right) -> right),
        register(
            "money that came in is counted twice",
            "IssuanceRegister",
            FundsReceived.class,
            f -> Altered.<FundsReceived, Long>with(f, "amountCents", cents -> 2 * cents)));
  }
}
