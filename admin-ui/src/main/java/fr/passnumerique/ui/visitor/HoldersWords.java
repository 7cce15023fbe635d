package fr.passnumerique.ui.visitor;

import fr.passnumerique.clearing.redemption.HoldersCounter.PublicCheck;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.words.French;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the holder of a cheque is told, and what can be done.
 *
 * @param tone of the note: good, warn or bad
 * @param faceValueCents null unless it is valid, as what follows
 * @param departements in words
 * @param services labels of the mediation standard; empty means all
 */
record HoldersWords(
    String tone,
    String title,
    String remedy,
    @Nullable Long faceValueCents,
    @Nullable String until,
    @Nullable String departements,
    @Nullable List<String> services) {
  static HoldersWords of(PublicCheck check, French french) {
    return switch (check.standing()) {
      case VALID ->
          new HoldersWords(
              "good",
              "Ce chèque est valable",
              "Présentez-le dans un lieu labellisé : il y sera vérifié une dernière fois.",
              check.faceValueCents(),
              check.until() == null ? null : french.date(check.until()),
              where(check.departements(), french),
              check.services());
      case UNKNOWN_CODE ->
          not(
              "bad",
              "Ce code n’est celui d’aucun chèque",
              "Relisez les trois groupes imprimés, le dernier surtout. S’ils sont bien ceux-là,"
                  + " montrez le chèque à qui vous l’a remis.");
      case ALREADY_USED ->
          not(
              "bad",
              "Ce chèque a déjà servi",
              "Il ne peut plus payer de service. Si ce n’était pas vous, signalez-le à qui vous l’a"
                  + " remis.");
      case OPPOSED ->
          not(
              "bad",
              "Ce chèque est en opposition",
              "Il a été déclaré perdu, volé ou remplacé : adressez-vous à qui vous l’a remis.");
      case NOT_USABLE_YET ->
          not(
              "warn",
              "Ce chèque n’est pas encore utilisable",
              "Il n’a pas été remis, ou pas encore activé : adressez-vous à qui vous l’a remis.");
      case OVER ->
          not(
              "bad",
              "Ce chèque n’est plus valable",
              "Son dernier jour est passé : demandez à qui vous l’a remis s’il peut en donner un"
                  + " autre.");
    };
  }

  private static HoldersWords not(String tone, String title, String remedy) {
    return new HoldersWords(tone, title, remedy, null, null, null, null);
  }

  private static String where(@Nullable List<Departement> departements, French french) {
    return departements == null || departements.isEmpty()
        ? "Partout"
        : departements.stream()
            .map(each -> French.departement(each.code()))
            .collect(Collectors.joining(", "));
  }
}
