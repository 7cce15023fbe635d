package fr.passnumerique.ui.reversal;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.reversal.DecideContest;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.clearing.reversal.ReversalEndpoint;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;

/** A venue contests an undue payment, and a clerk who has taken no part in it decides. */
@Controller
final class ContestDeeds {
  private static final String CONTEST = "/lieux/{venueId}/indus/{reversalId}/contestation";
  private static final String DECIDE = ReversalDeeds.ONE + "/decision";

  private final ReversalEndpoint reversals;
  private final Supplier<Names> names;
  private final French french;
  private final Clock clock;

  ContestDeeds(ReversalEndpoint reversals, Supplier<Names> names, French french, Clock clock) {
    this.reversals = reversals;
    this.names = names;
    this.french = french;
    this.clock = clock;
  }

  // -- contest

  @DeedMapping(CONTEST)
  @Permit(
      value = {Role.VENUE, Role.CLERK},
      owner = "venueId")
  Deed<ReversalEndpoint.Contested> contesting(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("reversalId") String reversalId,
      Model model) {
    Reversal reversal =
        reversals.readVenueReversals(venueId).reversals().stream()
            .filter(each -> each.reversal().equals(reversalId))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("the reversal"));
    ReversalDeeds.show(
        new ReversalEndpoint.Read(reversal, Optional.empty(), Optional.empty()),
        "Contester l’indu",
        names.get(),
        model);
    model.addAttribute("until", until(reversal));
    return new Deed<>(
        "reversal-deed",
        fieldsOfAContest(),
        (entries, dryRun) ->
            reversals.contestReversal(
                venueId,
                reversalId,
                new ReversalEndpoint.ContestBody(entries.text("note")),
                dryRun,
                sent.by()),
        (entries, contested) ->
            contests(reversal, entries.text("note"), french).already(contested.already()),
        _ ->
            new Deed.Done(
                ReversalDeeds.page(reversalId),
                "La contestation est enregistrée : une personne qui n’a pas pris part à l’indu"
                    + " statue."));
  }

  static List<Field> fieldsOfAContest() {
    return List.of(
        Field.note("note", "Pourquoi")
            .hint(
                "Par exemple : le service a été rendu, la feuille de présence le montre. Lu par les"
                    + " agents seuls."));
  }

  static Effect contests(Reversal reversal, String note, French french) {
    return Effect.of("Contester cet indu")
        .line(
            "Lignes",
            "%s, %s : annulées jusqu’à la décision"
                .formatted(
                    french.counted(reversal.lines().size(), "ligne", "lignes"),
                    french.money(reversal.amountCents())))
        .lineIf(
            reversal.claimedCents() > 0,
            "Réclamé au lieu",
            french.money(reversal.claimedCents()) + ", retenu sur aucun règlement d’ici là")
        .line("Le lieu écrit", note)
        .afterwards(
            "L’opérateur statue. S’il lève l’indu, le règlement suivant paie ce qui est de nouveau"
                + " dû ; s’il le maintient, ce qui est réclamé est retenu ou demandé.");
  }

  /** Told above the form, and not in what is confirmed: tomorrow it is another. */
  private String until(Reversal reversal) {
    return reversal
        .contestUntil()
        .map(last -> until(last, Paris.dayOf(clock.instant()), french))
        .orElse("");
  }

  static String until(LocalDate last, LocalDate today, French french) {
    long days = ChronoUnit.DAYS.between(today, last);
    if (days < 0) {
      return "Il pouvait être contesté jusqu’au %s.".formatted(french.date(last));
    }
    return "Il peut être contesté jusqu’au %s : %s."
        .formatted(
            french.date(last),
            days == 0
                ? "c’est le dernier jour"
                : "il reste " + french.counted((int) days, "jour", "jours"));
  }

  // -- decide a contest

  @DeedMapping(DECIDE)
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<DecideContest.Decided>> deciding(
      Sent sent, @PathVariable("reversalId") String reversalId, Model model) {
    ReversalDeeds.show(
        reversals.readReversal(reversalId, sent.by()),
        "Statuer sur la contestation",
        names.get(),
        model);
    return new Deed<>(
        "reversal-deed",
        fieldsOfADecision(),
        (entries, dryRun) ->
            reversals.decideContest(
                reversalId,
                new ReversalEndpoint.DecisionBody(
                    entries.as("outcome", DecideContest.Outcome::valueOf)),
                dryRun,
                sent.by()),
        (_, decided) -> decides(decided.answer()).already(decided.already()),
        decided ->
            new Deed.Done(
                ReversalDeeds.page(reversalId),
                decided.answer().outcome() == DecideContest.Outcome.UPHELD
                    ? "L’indu est maintenu."
                    : "L’indu est levé : le lieu garde son dû."));
  }

  static List<Field> fieldsOfADecision() {
    return List.of(
        Field.choice(
            "outcome",
            "Décision",
            List.of(
                new Field.Choice(
                    DecideContest.Outcome.UPHELD.name(), "Maintenir : les lignes restent annulées"),
                new Field.Choice(
                    DecideContest.Outcome.LIFTED.name(), "Lever : le lieu avait raison"))));
  }

  private Effect decides(DecideContest.Decided decided) {
    if (decided.outcome() == DecideContest.Outcome.UPHELD) {
      return Effect.of("Maintenir l’indu")
          .line("Lignes", "Restent annulées")
          .afterwards("Ce que le lieu doit est retenu sur ses prochains règlements, ou réclamé.")
          .dangerous();
    }
    return Effect.of("Lever l’indu")
        .line("Lignes", "Comptent de nouveau comme payées ; leurs chèques ne servent plus")
        .lineIf(
            decided.forgivenCents() != 0,
            "N’est plus réclamé au lieu",
            french.money(decided.forgivenCents()))
        .lineIf(
            decided.owedAgainCents() != 0,
            "De nouveau dû au lieu",
            french.money(decided.owedAgainCents()))
        .afterwards(
            decided.owedAgainCents() == 0 ? "" : "Le prochain règlement du dispositif le lui paie.")
        .dangerous();
  }

  // -- addresses

  static String contest(String venue, String reversal) {
    return Address.of(CONTEST, venue, reversal);
  }

  static String decide(String reversal) {
    return Address.of(DECIDE, reversal);
  }
}
