package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.HeldCarnets;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.words.French;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is asked for a hand-out from one stock: no more than the programmes of its cheques want
 * told.
 *
 * @param carnets whole ones in stock
 * @param replacements of lost cheques, each for the one who had these
 * @param programmes to choose from; empty where there is one
 * @param publics that they are for; empty where none is recorded
 * @param publicOptional a programme of the stock names none
 * @param persons a programme of the stock counts a person's carnets
 * @param personOptional another does not
 */
record HandOutForm(
    int carnets,
    int cheques,
    List<HeldCarnets.Row> replacements,
    List<Field.Choice> programmes,
    List<Field.Choice> publics,
    boolean publicOptional,
    boolean persons,
    boolean personOptional) {
  private static final int MOST_CARNETS = 1_000;
  private static final int LONGEST_NUMBER = 4;

  static HandOutForm of(HeldCarnets.Stock stock, List<ProgrammeDefined> programmes) {
    Set<String> held =
        stock.held().stream().map(HeldCarnets.Row::programme).collect(Collectors.toSet());
    List<ProgrammeDefined> own =
        programmes.stream().filter(each -> held.contains(each.programme().value())).toList();
    return new HandOutForm(
        stock.carnets(),
        stock.cheques(),
        stock.held().stream().filter(HeldCarnets.Row::replacement).toList(),
        own.size() < 2
            ? List.of()
            : own.stream()
                .map(each -> new Field.Choice(each.programme().value(), each.name()))
                .toList(),
        own.stream()
            .flatMap(each -> each.eligiblePublics().stream())
            .distinct()
            .map(code -> new Field.Choice(code, code))
            .toList(),
        own.stream().anyMatch(each -> each.eligiblePublics().isEmpty()),
        own.stream().anyMatch(each -> each.renewal().isPresent()),
        own.stream().anyMatch(each -> each.renewal().isEmpty()));
  }

  /** A number and at most a public: few enough to stand on the home. */
  public boolean quick() {
    return carnets > 0 && programmes.isEmpty() && !persons;
  }

  /** As the field of cheques holds it; empty where none of it is in stock. */
  String replacement(String name) {
    return NamedCheques.text(
        replacements.stream().filter(row -> row.order().equals(name)).map(NamedCheques::words));
  }

  /** Of these cheques, some are for the one whose lost ones they replace. */
  boolean replacesLost(List<ChequeRange> cheques) {
    return cheques.stream()
        .anyMatch(
            range ->
                replacements.stream().anyMatch(row -> row.first().batch().equals(range.batch())));
  }

  List<Field> fields(French french) {
    List<Field> fields = new ArrayList<>();
    fields.add(
        Field.text("carnets", "Nombre de carnets")
            .upTo(LONGEST_NUMBER)
            .hint(
                "En stock : %s. Ceux dont la validité finit d’abord sont choisis."
                    .formatted(french.counted(carnets, "carnet entier", "carnets entiers")))
            .refusing(HandOutForm::noCount)
            .ifAny());
    if (!programmes.isEmpty()) {
      fields.add(Field.choice("programme", "Dispositif de ces carnets", programmes).ifAny());
    }
    fields.add(
        NamedCheques.field("Ou ces carnets et ces chèques", NamedCheques.HINT, NamedCheques::read)
            .ifAny());
    if (!publics.isEmpty()) {
      Field field = Field.choice("publicCode", "Public", publics);
      fields.add(publicOptional ? field.ifAny() : field);
    }
    if (persons) {
      Field field =
          Field.text("beneficiary", "Numéro de dossier de la personne")
              .hint(
                  "Il la fait reconnaître à sa prochaine remise. Jamais un nom : il n’est gardé"
                      + " nulle part, et l’opérateur efface sur demande ce qu’on en tire.");
      fields.add(personOptional ? field.ifAny() : field);
    }
    fields.add(
        Field.day("handedOutOn", "Remis le").hint("Aujourd’hui, si rien n’est écrit.").ifAny());
    return List.copyOf(fields);
  }

  /**
   * What is counted out and what is named are two ways to say the same, and one of them is enough.
   */
  static Map<String, String> together(Entries entries) {
    boolean counted = entries.given("carnets").isPresent();
    if (counted && entries.given("cheques").isPresent()) {
      return Map.of(
          "carnets",
          "Donnez un nombre de carnets ou nommez des chèques, pas les deux : videz un des deux"
              + " champs.");
    }
    return counted || entries.given("cheques").isPresent()
        ? Map.of()
        : Map.of("carnets", "Écrivez un nombre de carnets, ou nommez des chèques plus bas.");
  }

  private static Optional<String> noCount(String text) {
    return text.matches("[0-9]+")
            && Integer.parseInt(text) >= 1
            && Integer.parseInt(text) <= MOST_CARNETS
        ? Optional.empty()
        : Optional.of("Écrivez un nombre de carnets, comme 2.");
  }
}
