package fr.passnumerique.ui.funder;

import static fr.passnumerique.clearing.access.Role.CLERK;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.AgreementAmended;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.Agreements;
import fr.passnumerique.clearing.funding.AmendAgreement;
import fr.passnumerique.clearing.funding.AmendmentId;
import fr.passnumerique.clearing.funding.FundingEndpoint;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.SignAgreement;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;

/** What funders have signed, as a clerk records it: an agreement, and each amendment of it. */
@Controller
final class AgreementDeeds {
  static final String NEW = AgreementPages.AGREEMENTS + "/nouvelle";
  private static final String AMEND = AgreementPages.AGREEMENT + "/avenant";

  private final FundingEndpoint funding;
  private final PartiesEndpoint parties;
  private final Agreements agreements;
  private final Supplier<Names> names;
  private final French french;

  AgreementDeeds(
      FundingEndpoint funding,
      PartiesEndpoint parties,
      Agreements agreements,
      Supplier<Names> names,
      French french) {
    this.funding = funding;
    this.parties = parties;
    this.agreements = agreements;
    this.names = names;
    this.french = french;
  }

  /** From an agreement's page. */
  static Stream<ThingActs.Act> acts(String agreement, Actor reader) {
    return reader.role() == Role.CLERK
        ? Stream.of(new ThingActs.Act("Saisir un avenant", Address.of(AMEND, agreement)))
        : Stream.empty();
  }

  // -- sign

  @DeedMapping(NEW)
  @Permit(CLERK)
  Deed<Answer<AgreementSigned>> signing(Sent sent, Model model) {
    Doing.show(
        model,
        "Enregistrer une convention signée",
        "Qui paie quelle part des chèques d’un territoire, et jusqu’où.",
        AgreementPages.AGREEMENTS);
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAnAgreement(
            parties.readProgrammes().programmes().stream()
                .map(each -> new Field.Choice(each.programme().value(), each.name()))
                .toList()),
        (entries, dryRun) ->
            funding.signAgreement(
                new SignAgreement(
                    entries.as("agreement", AgreementId::new),
                    entries.as("programme", ProgrammeId::new),
                    entries.day("signedOn"),
                    entries.day("startsOn"),
                    entries.day("endsOn"),
                    territory(entries.text("territory")),
                    ShareLines.read(entries.text("shares"))),
                dryRun,
                sent.by()),
        (_, signed) ->
            says("Enregistrer cette convention", signed.answer(), names.get(), french)
                .afterwards("Appelez les fonds, puis commandez des chèques dans ses plafonds.")
                .already(signed.already()),
        signed ->
            new Deed.Done(
                Address.of(AgreementPages.AGREEMENT, signed.answer().agreement()),
                "La convention est enregistrée."));
  }

  static List<Field> fieldsOfAnAgreement(List<Field.Choice> programmes) {
    return Stream.concat(
            Stream.of(
                Field.name("agreement", "Nom de la convention", AgreementId::new)
                    .hint("Un virement qui le porte est reconnu, par exemple creuse-2026."),
                Field.choice("programme", "Dispositif", programmes),
                Field.day("signedOn", "Signée le"),
                Field.day("startsOn", "Premier jour de la période")),
            terms())
        .toList();
  }

  // -- amend

  @DeedMapping(AMEND)
  @Permit(CLERK)
  Deed<Answer<AgreementAmended>> amending(
      Sent sent, @PathVariable("agreementId") AgreementId agreement, Model model) {
    Agreements.Version last =
        agreements
            .find(sent.by(), agreement)
            .map(sheet -> sheet.versions().getLast())
            .orElseThrow(() -> Problem.notFound("agreement " + agreement));
    String page = Address.of(AgreementPages.AGREEMENT, agreement);
    Doing.show(
        model,
        "Enregistrer un avenant à " + agreement,
        "Il redit toute la convention. Les chèques déjà émis gardent la clé d’avant.",
        page);
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAnAmendment(),
        Map.of(
            "amendment",
            Field.proposedName("avenant", agreement.value()),
            "startsOn",
            last.startsOn().toString(),
            "endsOn",
            last.endsOn().toString(),
            "territory",
            last.territory().stream().map(Departement::code).collect(Collectors.joining(", ")),
            "shares",
            ShareLines.typed(last.shares())),
        (entries, dryRun) ->
            funding.amendAgreement(
                new AmendAgreement(
                    entries.as("amendment", AmendmentId::new),
                    agreement,
                    entries.day("signedOn"),
                    entries.day("inForceFrom"),
                    entries.day("startsOn"),
                    entries.day("endsOn"),
                    territory(entries.text("territory")),
                    ShareLines.read(entries.text("shares"))),
                dryRun,
                sent.by()),
        (_, amended) ->
            says("Enregistrer cet avenant", amended.answer(), names.get(), french)
                .line("En vigueur à partir du", french.date(amended.answer().inForceFrom()))
                .afterwards("Les commandes à partir de ce jour suivent la nouvelle clé.")
                .already(amended.already()),
        _ -> new Deed.Done(page, "L’avenant est enregistré."));
  }

  static List<Field> fieldsOfAnAmendment() {
    return Stream.concat(
            Stream.of(
                Field.name("amendment", "Nom de l’avenant", AmendmentId::new),
                Field.day("signedOn", "Signé le"),
                Field.day("inForceFrom", "En vigueur à partir du"),
                Field.day("startsOn", "Premier jour de la période")),
            terms())
        .toList();
  }

  // -- what they share

  private static Stream<Field> terms() {
    return Stream.of(
        Field.day("endsOn", "Dernier jour de la période"),
        Field.text("territory", "Départements financés")
            .hint("Leurs codes, séparés par des virgules, comme 16, 23, 2A.")
            .upTo(600)
            .as(AgreementDeeds::territory, "Écrivez des codes de départements, comme 16, 23, 2A."),
        Field.note("shares", "Parts")
            .hint(
                "Un financeur par ligne, par son identifiant : sa part en %, son plafond en euros,"
                    + " séparés par des points-virgules, comme "
                    + ShareLines.EXAMPLE
                    + ". S’il ne paie qu’à l’usage, ajoutez derrière qui avance sa part.")
            .upTo(8_000)
            .refusing(ShareLines::fault));
  }

  private static List<Departement> territory(String typed) {
    return Stream.of(typed.split("[,;\\s]+"))
        .filter(code -> !code.isEmpty())
        .map(Departement::of)
        .toList();
  }

  static Effect says(String button, AgreementTerms of, Names called, French french) {
    Effect effect =
        Effect.of(button)
            .line("Signé le", french.date(of.signedOn()))
            .line(
                "Période",
                "du %s au %s".formatted(french.date(of.startsOn()), french.date(of.endsOn())))
            .line(
                "Départements financés",
                of.territory().stream()
                    .map(each -> French.departement(each.code()))
                    .collect(Collectors.joining(", ")));
    for (AgreementSheet.ShareLine share :
        of.shares().stream().map(each -> AgreementSheet.share(each, called)).toList()) {
      effect =
          effect.line(
              share.funder(),
              "%s, plafond %s. %s"
                  .formatted(share.part(), french.money(share.ceilingCents()), share.terms()));
    }
    return effect;
  }
}
