package fr.passnumerique.ui.funder;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.FunderRegistered.Commune;
import fr.passnumerique.clearing.funding.FunderRegistered.Group;
import fr.passnumerique.clearing.funding.FunderRegistered.Kind;
import fr.passnumerique.clearing.funding.FundingEndpoint;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.funding.RegisterFunder;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.words.French;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Who co-finances, and how a clerk makes one known. */
@Controller
final class FunderRegister {
  static final String FUNDERS = "/financeurs";
  private static final String NEW = FUNDERS + "/nouveau";

  /** A commune in a group: {@code 23096 Guéret}. */
  private static final Pattern COMMUNE = Pattern.compile("(\\S{5})\\s+(\\S.*)");

  /**
   * @param communes of a group; empty for any other funder
   */
  record Line(String funder, String name, String kind, String communes) {
    static Line of(FunderRegistered funder) {
      return new Line(
          funder.funder().value(), funder.name(), words(funder.kind()), communesOf(funder));
    }
  }

  static final Columns<Line> COLUMNS =
      Columns.<Line>of()
          .text("financeur", "Financeur", row -> row.name() + " " + row.funder())
          .text("nature", "Nature", Line::kind)
          .text("communes", "Communes", Line::communes);

  private final PartiesEndpoint parties;
  private final FundingEndpoint funding;
  private final French french;

  FunderRegister(PartiesEndpoint parties, FundingEndpoint funding, French french) {
    this.parties = parties;
    this.funding = funding;
    this.french = french;
  }

  @GetMapping(FUNDERS)
  @Permit({CLERK, AUDITOR})
  @Live
  String register(Actor actor, @ModelAttribute AskedTable asked, Model model) {
    model.addAttribute("clerk", actor.role() == CLERK);
    model.addAttribute(
        "t",
        COLUMNS.show(
            FUNDERS, parties.readFunders(actor).funders().stream().map(Line::of).toList(), asked));
    return "funders";
  }

  @DeedMapping(NEW)
  @Permit(CLERK)
  Deed<Answer<FunderRegistered>> registering(Sent sent, Model model) {
    Doing.show(
        model,
        "Enregistrer un financeur",
        "Qui prend une part de chèques à sa charge. Une convention le nomme ensuite.",
        FUNDERS);
    return new Deed<>(
        Doing.VIEW,
        fields(),
        Map.of(),
        FunderRegister::together,
        (entries, dryRun) ->
            funding.registerFunder(
                new RegisterFunder(
                    entries.as("funder", FunderId::new),
                    entries.text("name"),
                    entries.as("kind", Kind::valueOf),
                    group(entries)),
                dryRun,
                sent.by()),
        (_, registered) -> registers(registered.answer(), french).already(registered.already()),
        registered ->
            new Deed.Done(
                FUNDERS,
                "Le financeur %s est enregistré : une convention peut le nommer."
                    .formatted(registered.answer().name())));
  }

  static List<Field> fields() {
    return List.of(
        Field.text("name", "Nom").hint("Comme dans la convention.").upTo(160),
        Field.name("funder", "Identifiant", FunderId::new)
            .hint("Il n’en aura pas d’autre, par exemple region-nouvelle-aquitaine."),
        Field.choice("kind", "Nature", Kind.values(), FunderRegister::words),
        Field.text("lead", "Commune chef de file")
            .hint("De communes groupées seulement : son code INSEE, comme 23096.")
            .upTo(5)
            .ifAny(),
        Field.note("members", "Communes du groupe")
            .hint("Une par ligne, chef de file comprise : code INSEE et nom, comme 23096 Guéret.")
            .upTo(60_000)
            .refusing(FunderRegister::faultOfMembers)
            .ifAny());
  }

  /** A group is its lead and its members: one without the other says nothing. */
  static Map<String, String> together(Entries entries) {
    boolean lead = entries.given("lead").isPresent();
    boolean members = entries.given("members").isPresent();
    if (lead == members) {
      return Map.of();
    }
    return lead
        ? Map.of("members", "Écrivez aussi les communes du groupe, une par ligne.")
        : Map.of("lead", "Écrivez aussi le code INSEE de la commune chef de file.");
  }

  private static Optional<String> faultOfMembers(String typed) {
    List<String> lines = typed.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !COMMUNE.matcher(line).matches()) {
        return Optional.of(
            "Ligne %d : écrivez un code INSEE, un blanc et un nom, comme 23096 Guéret."
                .formatted(i + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<Group> group(Entries entries) {
    return entries
        .given("lead")
        .map(
            lead ->
                new Group(
                    lead,
                    entries
                        .text("members")
                        .lines()
                        .map(String::strip)
                        .map(COMMUNE::matcher)
                        .filter(Matcher::matches)
                        .map(line -> new Commune(line.group(1), line.group(2)))
                        .toList()));
  }

  static Effect registers(FunderRegistered of, French french) {
    return Effect.of("Enregistrer ce financeur")
        .line("Nom", of.name())
        .line("Identifiant", of.funder().value())
        .line("Nature", words(of.kind()))
        .lineIf(
            of.group().isPresent(),
            "Communes",
            of.group()
                .map(
                    group ->
                        "%s : %s"
                            .formatted(
                                french.counted(group.members().size(), "commune", "communes"),
                                communesOf(of)))
                .orElse(""))
        .line("Gardé", "Pour toujours : ni le nom ni l’identifiant ne se corrigent")
        .afterwards("Une convention peut le nommer. Un compte à son identifiant lui est ouvert.");
  }

  /** Of a group, its lead first; empty for any other funder. */
  private static String communesOf(FunderRegistered of) {
    return of.group()
        .map(
            group ->
                group.members().stream()
                    .sorted(
                        (one, other) ->
                            Boolean.compare(
                                other.code().equals(group.lead()), one.code().equals(group.lead())))
                    .map(
                        commune ->
                            commune.code().equals(group.lead())
                                ? commune.name() + " (chef de file)"
                                : commune.name())
                    .collect(Collectors.joining(", ")))
        .orElse("");
  }

  static String words(Kind kind) {
    return switch (kind) {
      case STATE -> "État";
      case REGION -> "Région";
      case DEPARTEMENT -> "Département";
      case EPCI -> "Intercommunalité";
      case COMMUNES -> "Communes groupées";
      case FOUNDATION -> "Fondation";
      case OTHER -> "Autre";
    };
  }
}
