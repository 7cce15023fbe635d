package fr.passnumerique.ui.notices;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.notices.NoticeKind;
import fr.passnumerique.ui.PagesOpened;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** A notification is a sentence, and leads to a page that its reader may open. */
class ToldTest {
  private static final Map<Role, Set<NoticeKind>> THEIRS =
      new EnumMap<>(
          Map.of(
              Role.VENUE,
              EnumSet.range(NoticeKind.SLIP_WITH_REFUSED_LINES, NoticeKind.ACCOUNT_CONFIRMED),
              Role.FUNDER,
              EnumSet.range(NoticeKind.ACCOUNT_CONFIRMED, NoticeKind.ORDER_ENDS),
              Role.PRESCRIBER,
              EnumSet.range(NoticeKind.ORDER_ENDS, NoticeKind.CHEQUES_OPPOSED),
              Role.CLERK,
              clerks(),
              Role.AUDITOR,
              EnumSet.range(NoticeKind.FACT_SET_ASIDE, NoticeKind.DIFFERENCES_ACCEPTED)));

  private static Set<NoticeKind> clerks() {
    Set<NoticeKind> kinds =
        EnumSet.range(NoticeKind.RUN_TO_RELEASE, NoticeKind.TRANSFER_REINSTATED);
    kinds.addAll(
        EnumSet.of(
            NoticeKind.TRANSFER_REJECTED,
            NoticeKind.TRANSFER_RETURNED,
            NoticeKind.REFUND_REJECTED,
            NoticeKind.REFUND_REINSTATED,
            NoticeKind.REFUND_RETURNED));
    return kinds;
  }

  @Test
  void eachKindIsSomebodys() {
    Set<NoticeKind> all = EnumSet.noneOf(NoticeKind.class);
    THEIRS.values().forEach(all::addAll);

    assertThat(all).containsExactlyInAnyOrder(NoticeKind.values());
  }

  @Test
  void eachLeadsToAPageThatItsReaderMayOpen() {
    Map<PathPattern, Permit> pages = new HashMap<>();
    PagesOpened.permits()
        .forEach(
            (address, permit) ->
                pages.put(PathPatternParser.defaultInstance.parse(address), permit));
    List<String> lost = new ArrayList<>();
    THEIRS.forEach(
        (role, kinds) ->
            kinds.forEach(
                kind -> {
                  String page = told(kind, role).page();
                  boolean none = role == Role.FUNDER && kind == NoticeKind.ACCOUNT_CONFIRMED;
                  if (none ? page != null : page == null || !opens(pages, page, role)) {
                    lost.add("%s of a %s leads to %s".formatted(kind, role, page));
                  }
                }));

    assertThat(lost).isEmpty();
  }

  @Test
  void eachIsASentenceOfItsOwn() {
    THEIRS.forEach(
        (role, kinds) -> {
          List<String> sentences = kinds.stream().map(kind -> told(kind, role).sentence()).toList();
          assertThat(sentences).doesNotHaveDuplicates().allMatch(each -> each.endsWith("."));
        });
  }

  @Test
  void aSentenceTellsAmountDayAndWhatToDo() {
    assertThat(told(NoticeKind.PAID, Role.VENUE).sentence())
        .isEqualTo("Virement a/1 exécuté : 1\u00a0234,50\u00a0€ vous sont payés.");
    assertThat(told(NoticeKind.PAYMENT_TAKEN_BACK, Role.VENUE).sentence())
        .isEqualTo(
            "Le paiement du virement a/1 n’est plus confirmé : 1\u00A0234,50\u00A0€ sont de nouveau"
                + " en cours de virement.");
    assertThat(told(NoticeKind.SLIP_WITH_REFUSED_LINES, Role.VENUE).sentence())
        .isEqualTo("Bordereau a/1 jugé : 3\u00a0lignes refusées, 1\u00a0234,50\u00a0€ acceptés.");
    assertThat(told(NoticeKind.TRANSFER_REJECTED, Role.CLERK).sentence())
        .isEqualTo("La banque a rejeté le virement 1 du règlement a, de 1\u00a0234,50\u00a0€.");
    assertThat(told(NoticeKind.TRANSFER_RETURNED, Role.VENUE).sentence())
        .isEqualTo(
            "Le virement a/1 est revenu : 1\u00A0234,50\u00A0€ vous restent dus. Le prochain"
                + " règlement les paiera.");
    assertThat(told(NoticeKind.RETURNED_ACCOUNT_CLOSED, Role.VENUE))
        .extracting(Told::sentence, Told::page)
        .containsExactly(
            "Le virement a/1 est revenu : 1\u00A0234,50\u00A0€ vous restent dus. Votre compte est"
                + " fermé : proposez-en un autre.",
            "/lieux/x-1/compte");
    assertThat(told(NoticeKind.REFUND_TAKEN_BACK, Role.FUNDER).sentence())
        .isEqualTo(
            "Le remboursement de l’avoir a/1 n’est plus confirmé : 1\u00A0234,50\u00A0€ restent"
                + " dus.");
    assertThat(told(NoticeKind.ORDER_ENDS, Role.PRESCRIBER).sentence())
        .isEqualTo(
            "La commande a/1 prend fin le 31/12/2026 : il vous reste 3\u00a0chèques à"
                + " distribuer.");
    assertThat(told(NoticeKind.ORDER_ENDS, Role.FUNDER).sentence())
        .isEqualTo(
            "La commande a/1 prend fin le 31/12/2026 : sa fin est à approuver à partir du"
                + " 16/12/2026.");
  }

  private static Told told(NoticeKind kind, Role role) {
    return Told.of(
        NotificationSpecimens.row(kind, "a/1", false), new Actor("somebody", role, "x-1"));
  }

  /** The one whose pattern fits most exactly decides, as it does for a request. */
  private static boolean opens(Map<PathPattern, Permit> pages, String address, Role role) {
    PathContainer path = PathContainer.parsePath(address.split("\\?", 2)[0]);
    return pages.entrySet().stream()
        .filter(page -> page.getKey().matches(path))
        .min(Map.Entry.comparingByKey(PathPattern.SPECIFICITY_COMPARATOR))
        .map(Map.Entry::getValue)
        .filter(permit -> permit.everyone() || Set.of(permit.value()).contains(role))
        .isPresent();
  }
}
