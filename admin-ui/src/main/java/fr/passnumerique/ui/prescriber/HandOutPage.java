package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.DistributionEndpoint;
import fr.passnumerique.clearing.distribution.DistributionEndpoint.HandOutBody;
import fr.passnumerique.clearing.distribution.HandOutId;
import fr.passnumerique.clearing.distribution.HeldCarnetsEndpoint;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Cheques are handed out: so many carnets, of which the next in stock are chosen, or those that are
 * named.
 */
@Controller
public final class HandOutPage {
  public static final String ADDRESS = "/remises/nouvelle";

  private final DistributionEndpoint distribution;
  private final HeldCarnetsEndpoint held;
  private final HandOutForms forms;
  private final French french;
  private final Clock clock;

  HandOutPage(
      DistributionEndpoint distribution,
      HeldCarnetsEndpoint held,
      HandOutForms forms,
      French french,
      Clock clock) {
    this.distribution = distribution;
    this.held = held;
    this.forms = forms;
    this.french = french;
    this.clock = clock;
  }

  /** Where the cheques of a replacement stand in the form. */
  public static String ofReplacement(String name) {
    return Address.of(ADDRESS + "?remplacement={name}", name);
  }

  private record HandedOut(Answer<ChequesHandedOut> answer, NamedCheques named, int leftInStock) {
    List<ChequeRange> cheques() {
      return answer.answer().cheques();
    }

    int count() {
      return cheques().stream().mapToInt(ChequeRange::count).sum();
    }

    long cents() {
      return answer.answer().shares().stream().mapToLong(FundedCents::cents).sum();
    }
  }

  /**
   * @param cheques to stand in the form at first
   * @param replacement whose cheques stand there instead; empty for none
   */
  @DeedMapping(ADDRESS)
  @Permit(Role.PRESCRIBER)
  Deed<HandedOut> handingOut(
      Sent sent,
      @RequestParam(defaultValue = "") String cheques,
      @RequestParam(name = "remplacement", defaultValue = "") String replacement,
      Model model) {
    Actor reader = sent.by();
    HandOutForm form = forms.of(reader);
    model.addAttribute("stock", form);
    return new Deed<>(
        "hand-out",
        form.fields(french),
        Map.of("cheques", replacement.isEmpty() ? cheques : form.replacement(replacement)),
        HandOutForm::together,
        (entries, dryRun) -> ResponseEntity.ok(handOut(entries, dryRun, form, reader)),
        (_, would) -> effect(would, form),
        done ->
            new Deed.Done(
                StockLists.HAND_OUTS,
                done.answer().already()
                    ? "Cette remise était déjà enregistrée : rien n’est fait deux fois."
                    : "%s remis, pour %s."
                        .formatted(
                            french.counted(done.count(), "chèque est", "chèques sont"),
                            french.money(done.cents()))));
  }

  private HandedOut handOut(Entries entries, boolean dryRun, HandOutForm form, Actor reader) {
    NamedCheques named = named(entries, reader);
    String on =
        entries.given("handedOutOn").orElseGet(() -> Paris.dayOf(clock.instant()).toString());
    Answer<ChequesHandedOut> answer =
        Objects.requireNonNull(
            distribution
                .handOutCheques(
                    new HandOutBody(
                        new HandOutId(Keyed.name("remise", entries)),
                        OwnPrescriber.of(reader),
                        French.day(on).orElseThrow(),
                        named.carnets(),
                        named.ranges(),
                        null,
                        entries.given("publicCode").orElse(null),
                        entries.given("beneficiary").orElse(null)),
                    dryRun,
                    reader)
                .getBody());
    // Only now: a form that is refused stays as it was typed.
    entries.settle("cheques", NamedCheques.text(named.lines().stream()));
    entries.settle("carnets", "");
    entries.settle("handedOutOn", on);
    HandedOut handedOut = new HandedOut(answer, named, 0);
    return new HandedOut(answer, named, form.cheques() - handedOut.count());
  }

  /** With the next carnets of the stock, if so many are asked for. */
  private NamedCheques named(Entries entries, Actor reader) {
    List<String> lines = new ArrayList<>(NamedCheques.read(entries.value("cheques")).lines());
    entries
        .given("carnets")
        .ifPresent(
            count ->
                held.readNextCarnets(
                        reader,
                        OwnPrescriber.of(reader),
                        Integer.parseInt(count),
                        entries.given("programme").map(ProgrammeId::new).orElse(null))
                    .held()
                    .forEach(row -> lines.add(NamedCheques.words(row))));
    return NamedCheques.read(NamedCheques.text(lines.stream()));
  }

  private Effect effect(HandedOut would, HandOutForm form) {
    ChequesHandedOut handedOut = would.answer().answer();
    return Effect.of("Remettre ces chèques")
        .line("Vous remettez", String.join(" ; ", would.named().lines()))
        .line(
            "Soit",
            "%s, pour %s"
                .formatted(
                    french.counted(would.count(), "chèque", "chèques"),
                    french.money(would.cents())))
        .line("Numéros", ChequeWords.of(would.cheques(), french))
        .lineIf(
            form.replacesLost(would.cheques()),
            "À qui",
            "Les chèques de remplacement, à la personne dont ils remplacent les chèques")
        .line("Remis le", french.date(handedOut.handedOutOn()))
        .lineIf(!handedOut.publicCode().isEmpty(), "Public", handedOut.publicCode())
        .lineIf(
            handedOut.beneficiary().isPresent(),
            "La personne",
            "Reconnue par son numéro de dossier, que personne ne peut relire")
        .line("Il vous restera", french.counted(would.leftInStock(), "chèque", "chèques"))
        .afterwards("La personne peut les utiliser aussitôt dans un lieu labellisé.")
        .already(would.answer().already());
  }
}
