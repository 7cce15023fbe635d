package fr.passnumerique.ui.reversal;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.redemption.SlipArchive;
import fr.passnumerique.clearing.reversal.DebitNote;
import fr.passnumerique.clearing.reversal.DecideContest;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.clearing.reversal.ReversalEndpoint;
import fr.passnumerique.clearing.reversal.ReversalEndsEndpoint;
import fr.passnumerique.clearing.reversal.ReversalListEndpoint;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.deed.OpenActs;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of undue payments, put together. */
@Configuration(proxyBeanMethods = false)
public class ReversalConfiguration {
  /** Either outcome is decided by the same persons. */
  private static final ReversalEndpoint.DecisionBody UPHOLDING =
      new ReversalEndpoint.DecisionBody(DecideContest.Outcome.UPHELD);

  @Bean
  static Menu.Part reversalMenu() {
    return Menu.Part.of(
        Menu.Entry.of(
            Menu.Chapter.MONEY, ReversalPages.REVERSALS, "Indus", Role.CLERK, Role.AUDITOR),
        Menu.Entry.of(
            Menu.Chapter.MONEY,
            ReversalPages.DEBIT_NOTES,
            "Notes de débit",
            Role.CLERK,
            Role.AUDITOR));
  }

  @Bean
  ReversalPages reversalPages(ReversalListEndpoint lists, Supplier<Names> names) {
    return new ReversalPages(lists, names);
  }

  @Bean
  ReversalDeeds reversalDeeds(
      ReversalEndpoint reversals,
      ReversalEndsEndpoint ends,
      SlipArchive slips,
      Supplier<Names> names,
      French french) {
    return new ReversalDeeds(reversals, ends, slips, names, french);
  }

  @Bean
  ContestDeeds contestDeeds(
      ReversalEndpoint reversals, Supplier<Names> names, French french, Clock clock) {
    return new ContestDeeds(reversals, names, french, clock);
  }

  @Bean
  DebitNoteDeeds debitNoteDeeds(
      ReversalEndpoint reversals,
      ReversalEndsEndpoint ends,
      PartiesEndpoint programmes,
      Supplier<Names> names,
      French french) {
    return new DebitNoteDeeds(reversals, ends, programmes, names, french);
  }

  @Bean
  ThingActs reversalActs(ReversalEndpoint reversals, Clock clock, French french) {
    return (shown, reader) -> {
      if (reader.role() == Role.VENUE) {
        return ofOnesOwn(reversals, shown, reader, clock, french);
      }
      if (reader.role() != Role.CLERK) {
        return List.of();
      }
      return switch (shown.thing()) {
        case REVERSAL -> ofAReversal(reversals, shown.id(), reader);
        case DEBIT_NOTE -> ofANote(reversals.readDebitNote(shown.id(), reader));
        default -> List.of();
      };
    };
  }

  /** What a venue contests on the page of the reversal, or of the note that asks for it. */
  private static List<ThingActs.Act> ofOnesOwn(
      ReversalEndpoint reversals, ThingActs.Shown shown, Actor venue, Clock clock, French french) {
    Set<String> asked =
        switch (shown.thing()) {
          case REVERSAL -> Set.of(shown.id());
          case DEBIT_NOTE ->
              reversals.readDebitNote(shown.id(), venue).lines().stream()
                  .map(DebitNote.Line::reversal)
                  .collect(Collectors.toSet());
          default -> Set.of();
        };
    return asked.isEmpty()
        ? List.of()
        : contests(
            reversals.readVenueReversals(venue.subject()).reversals().stream()
                .filter(reversal -> asked.contains(reversal.reversal()))
                .toList(),
            shown.thing() == Thing.REVERSAL ? _ -> "Contester" : "Contester l’indu %s"::formatted,
            Paris.dayOf(clock.instant()),
            french);
  }

  /** While each can be contested: its last day stands on the button. */
  static List<ThingActs.Act> contests(
      List<Reversal> reversals, UnaryOperator<String> verb, LocalDate today, French french) {
    return reversals.stream()
        .filter(reversal -> reversal.state() == Reversal.State.REVERSED)
        .flatMap(
            reversal ->
                reversal.contestUntil().stream()
                    .filter(last -> !today.isAfter(last))
                    .map(
                        last ->
                            new ThingActs.Act(
                                "%s, jusqu’au %s"
                                    .formatted(verb.apply(reversal.reversal()), french.date(last)),
                                ContestDeeds.contest(reversal.venue(), reversal.reversal()))))
        .toList();
  }

  private static List<ThingActs.Act> ofAReversal(
      ReversalEndpoint reversals, String id, Actor reader) {
    return switch (reversals.readReversal(id, reader).reversal().state()) {
      case PROPOSED -> {
        ThingActs.Act drop = new ThingActs.Act("Y renoncer", ReversalDeeds.drop(id));
        // Who proposed it does not confirm it.
        yield OpenActs.isOpen(() -> reversals.confirmReversal(id, true, reader))
            ? List.of(new ThingActs.Act("Confirmer", ReversalDeeds.confirm(id)), drop)
            : List.of(drop);
      }
      case CONTESTED ->
          OpenActs.isOpen(() -> reversals.decideContest(id, UPHOLDING, true, reader))
              ? List.of(new ThingActs.Act("Statuer sur la contestation", ContestDeeds.decide(id)))
              : List.of();
      case DROPPED, REVERSED, UPHELD, LIFTED -> List.of();
    };
  }

  private static List<ThingActs.Act> ofANote(DebitNote note) {
    List<ThingActs.Act> acts = new ArrayList<>();
    if (note.openCents() > 0) {
      acts.add(new ThingActs.Act("Saisir son paiement", DebitNoteDeeds.pay(note.debitNote())));
    }
    if (note.payments().stream().anyMatch(payment -> payment.entry().isEmpty())) {
      acts.add(
          new ThingActs.Act(
              "Retirer un paiement saisi", DebitNoteDeeds.takeBack(note.debitNote())));
    }
    return acts;
  }
}
