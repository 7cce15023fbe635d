package fr.passnumerique.ui.deed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.mock.web.MockMultipartHttpServletRequest;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMap;

/** A payment that a form orders, in both steps and with what goes wrong between them. */
class DeedsTest {
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final Map<String, String> FILLED =
      Map.of("to", "ruffec", "cents", "1 234,50", "on", "31/12/2026");

  private final Deeds deeds = new Deeds(new Seal(text -> "keyed " + text.hashCode()));
  private final List<String> paid = new ArrayList<>();
  private long owed = 2_000_00;
  private boolean silent;

  private final Deed<String> pay =
      new Deed<>(
          "pay",
          List.of(
              Field.text("to", "Lieu"), Field.euros("cents", "Montant"), Field.day("on", "Jour")),
          Map.of("on", "31/12/2026"),
          DeedsTest::together,
          this::pay,
          (_, answer) ->
              Effect.of("Payer")
                  .line("Reste dû", String.valueOf(owed))
                  .already(answer.equals("old")),
          answer -> new Deed.Done("/paid", answer));

  private static Map<String, String> together(Entries entries) {
    return entries.text("to").equals("nobody") ? Map.of("cents", "Personne à payer.") : Map.of();
  }

  @Test
  void whatDoesNotGoTogetherIsToldAtItsFieldAndOnlyWhereEachIsWellByItself() {
    Map<String, String> fields = new HashMap<>(FILLED);
    fields.put("to", "nobody");
    Came came = send(fields);
    assertThat(came.status()).isEqualTo(422);
    assertThat(came.form().fault("cents")).isEqualTo("Personne à payer.");

    fields.put("cents", "douze");
    assertThat(send(fields).form().fault("cents")).startsWith("Écrivez un montant");
    fields.put("to", "");
    assertThat(send(fields).form().fault("to")).isEqualTo("À remplir.");
  }

  private ResponseEntity<String> pay(Entries entries, boolean dryRun) {
    String payment =
        "%s %d %s %s"
            .formatted(
                entries.text("to"), entries.cents("cents"), entries.day("on"), entries.key());
    if (paid.contains(payment)) {
      return ResponseEntity.ok("old");
    }
    if (entries.cents("cents") > owed) {
      throw new Problem(
          409,
          "ABOVE_DEBIT_NOTE",
          "too much",
          List.of(Problem.Fault.of("cents", "", "too much", "less")));
    }
    if (!dryRun) {
      if (silent) {
        throw new LedgerUnavailableException("no answer");
      }
      paid.add(payment);
    }
    return ResponseEntity.ok("new");
  }

  /** What came of a request: where to, with what status and model. */
  private record Came(String view, int status, ExtendedModelMap model, FlashMap told) {
    Deeds.Asked asked() {
      return (Deeds.Asked) requireNonNull(model.get("asked"));
    }

    Entries form() {
      return (Entries) requireNonNull(model.get("form"));
    }
  }

  private Came send(Map<String, String> fields) {
    return send(CLERK, "/payer", fields);
  }

  private Came send(Actor by, String address, Map<String, String> fields) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", address);
    fields.forEach(request::setParameter);
    return step(by, request);
  }

  private Came step(Actor by, MockHttpServletRequest request) {
    FlashMap told = new FlashMap();
    request.setAttribute(DispatcherServlet.OUTPUT_FLASH_MAP_ATTRIBUTE, told);
    MockHttpServletResponse response = new MockHttpServletResponse();
    ExtendedModelMap model = new ExtendedModelMap();
    String view = deeds.step(new Sent(by, request, response), pay, model);
    return new Came(view, response.getStatus(), model, told);
  }

  /** What the question sends when its button is pressed. */
  private static Map<String, String> confirming(Came came) {
    Deeds.Asked asked = came.asked();
    Map<String, String> fields = new HashMap<>();
    asked.form().fields().forEach(field -> fields.put(field.name(), asked.kept(field)));
    fields.put("cle", asked.form().key().toString());
    fields.put("vu", asked.shown());
    fields.put("sceau", asked.seal());
    return fields;
  }

  @Test
  void whatItWillDoIsShownFirstAndDoneWhenConfirmed() {
    Came asked = send(FILLED);

    assertThat(asked.view()).isEqualTo("pay");
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.asked().effect().lines())
        .containsExactly(new Effect.Line("Reste dû", "200000"));
    assertThat(paid).isEmpty();

    Came done = send(confirming(asked));

    assertThat(done.view()).isEqualTo("redirect:/paid");
    assertThat(Map.copyOf(done.told())).containsEntry("done", "new");
    assertThat(paid).singleElement().asString().startsWith("ruffec 123450 2026-12-31");
  }

  @Test
  void confirmedTwiceItIsDoneOnce() {
    Map<String, String> confirmed = confirming(send(FILLED));

    send(confirmed);
    Came again = send(confirmed);

    assertThat(again.view()).isEqualTo("redirect:/paid");
    assertThat(Map.copyOf(again.told())).containsEntry("done", "old");
    assertThat(paid).hasSize(1);
  }

  @Test
  void aFieldThatWasChangedAfterItWasShownIsShownAgainAndNotDone() {
    for (String field : new TreeSet<>(FILLED.keySet())) {
      Map<String, String> changed = confirming(send(FILLED));
      changed.put(field, field.equals("to") ? "rival" : field.equals("on") ? "2027-01-01" : "1,00");

      Came came = send(changed);

      assertThat(came.status()).as(field).isEqualTo(409);
      assertThat(came.model().get("trouble")).as(field).asString().contains("Relisez");
      assertThat(came.asked().form().value(field)).isEqualTo(changed.get(field));
    }
    assertThat(paid).isEmpty();
  }

  @Test
  void anotherKeyAnotherAccountOrAnotherAddressWasNotShownEither() {
    Map<String, String> confirmed = confirming(send(FILLED));
    Map<String, String> key = new HashMap<>(confirmed);
    key.put("cle", "00000000-0000-0000-0000-000000000001");

    assertThat(send(key).status()).isEqualTo(409);
    assertThat(send(new Actor("clerk-2", Role.CLERK, ""), "/payer", confirmed).status())
        .isEqualTo(409);
    assertThat(send(CLERK, "/payer/autre", confirmed).status()).isEqualTo(409);
    assertThat(paid).isEmpty();
  }

  @Test
  void whatHasChangedInTheLedgerSinceIsShownBeforeItIsDone() {
    Map<String, String> confirmed = confirming(send(FILLED));
    owed = 1_500_00;

    Came came = send(confirmed);

    assertThat(came.status()).isEqualTo(409);
    assertThat(came.asked().effect().lines())
        .containsExactly(new Effect.Line("Reste dû", "150000"));
    assertThat(paid).isEmpty();
    assertThat(send(confirming(came)).view()).isEqualTo("redirect:/paid");
  }

  @Test
  void aSealOfOnesOwnIsNone() {
    Map<String, String> made = new HashMap<>(FILLED);
    made.putAll(Map.of("cle", "", "vu", "x", "sceau", "x"));

    assertThat(send(made).status()).isEqualTo(409);
    assertThat(paid).isEmpty();
  }

  @Test
  void whatWasTypedIsKeptWithAFaultBesideEachField() {
    Came came = send(Map.of("to", " ", "cents", "12,345", "on", "31/02/2026"));

    assertThat(came.status()).isEqualTo(422);
    assertThat(came.form().fault("to")).isEqualTo("À remplir.");
    assertThat(came.form().value("cents")).isEqualTo("12,345");
    assertThat(came.form().fault("cents")).contains("1 234,50");
    assertThat(came.form().value("on")).isEqualTo("31/02/2026");
    assertThat(came.form().fault("on")).contains("31/12/2026");
    assertThat(came.model()).doesNotContainKey("asked");
  }

  @Test
  void aRefusalStandsAtTheTopAndAtItsField() {
    Map<String, String> much = new HashMap<>(FILLED);
    much.put("cents", "2 000,01");

    Came came = send(much);

    assertThat(came.status()).isEqualTo(409);
    assertThat(came.model().get("trouble")).isNotNull();
    assertThat(came.form().fault("cents")).isNotEmpty();
    assertThat(came.form().value("cents")).isEqualTo("2 000,01");
    assertThat(came.model()).doesNotContainKey("asked");
  }

  @Test
  void fromTheQuestionTheFieldsAreMended() {
    Map<String, String> back = confirming(send(FILLED));
    back.put("corriger", "oui");

    Came came = send(back);

    assertThat(came.status()).isEqualTo(200);
    assertThat(came.model()).doesNotContainKeys("asked", "trouble");
    assertThat(came.form().value("cents")).isEqualTo("1 234,50");
    assertThat(came.form().key()).isEqualTo(send(back).form().key());
  }

  @Test
  void whatGotNoAnswerIsConfirmedAgainAsItWas() {
    Map<String, String> confirmed = confirming(send(FILLED));
    silent = true;

    Came came = send(confirmed);

    assertThat(came.status()).isEqualTo(503);
    assertThat(came.model().get("trouble")).asString().contains("ne répond pas");
    assertThat(confirming(came)).isEqualTo(confirmed);
  }

  @Test
  void anAddressThatIsAskedForShowsTheFormAsProposedAndOneThatIsSentToDoesIt() {
    Model model = new ExtendedModelMap();
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/pay");
    Sent asked = new Sent(CLERK, request, new MockHttpServletResponse());

    assertThat(deeds.next(asked, pay, model)).isEqualTo("pay");
    assertThat(((Entries) model.asMap().get("form")).value("on")).isEqualTo("31/12/2026");

    request.setMethod("POST");
    FILLED.forEach(request::setParameter);
    deeds.next(asked, pay, model);
    assertThat(model.asMap()).containsKey("asked");
  }

  @Test
  void whatDoesNotExistIsTheErrorPages() {
    Deed<String> unknown =
        new Deed<>(
            "pay",
            List.of(),
            (_, _) -> {
              throw Problem.notFound("the run");
            },
            (_, _) -> Effect.of(""),
            _ -> new Deed.Done("", ""));
    Sent sent =
        new Sent(CLERK, new MockHttpServletRequest("GET", "/x"), new MockHttpServletResponse());

    assertThatThrownBy(() -> deeds.form(sent, unknown, new ExtendedModelMap()))
        .isInstanceOf(Problem.class);
  }

  @Test
  void aFileIsKeptInThePageBetweenTheSteps() {
    byte[] bytes = {0, (byte) 0xFF, '<', 'x', '>', (byte) 0xC3, (byte) 0xA9};
    MockMultipartHttpServletRequest request = new MockMultipartHttpServletRequest();
    request.addFile(new MockMultipartFile("file", bytes));
    Field file = Field.file("file", "Fichier", 1_000);
    Entries first =
        Entries.sent(
            List.of(file),
            UUID.randomUUID(),
            new Sent(CLERK, request, new MockHttpServletResponse())::value);
    MockHttpServletRequest second = new MockHttpServletRequest();
    second.setParameter("file", KeptFile.packed(first.value("file")));

    assertThat(first.file("file")).isEqualTo(bytes);
    assertThat(new Sent(CLERK, second, new MockHttpServletResponse()).value(file))
        .isEqualTo(first.value("file"));
  }

  @Test
  void aBombIsUnpackedNoFurtherThanAFileMayBe() {
    String bomb = KeptFile.packed("0".repeat(10_000_000));

    assertThat(bomb.length()).isLessThan(20_000);
    assertThat(KeptFile.unpacked(bomb, 1_000).length()).isLessThan(20_000);
    assertThat(Field.file("file", "Fichier", 1_000).faultOf(KeptFile.unpacked(bomb, 1_000)))
        .contains("Ce fichier est trop grand : 1\u00A0000\u00A0octets au plus.");
    assertThat(KeptFile.unpacked("no base64 !", 1_000)).isEmpty();
    assertThat(KeptFile.unpacked("AAAA", 1_000)).isEmpty();
  }

  @Test
  void aChoiceIsOneOfThoseThatAreOffered() {
    Field choice = Field.choice("x", "X", List.of(new Field.Choice("A", "a")));

    assertThat(choice.faultOf("A")).isEmpty();
    assertThat(choice.faultOf("B")).isPresent();
    assertThat(choice.faultOf("")).isPresent();
    assertThat(choice.ifAny().faultOf("")).isEmpty();
  }

  @Test
  void whatNobodyCanSeeAndDaysOfAnotherAgeAreNotTaken() {
    assertThat(Field.text("x", "X").faultOf("a\u0000b")).isPresent();
    assertThat(Field.note("x", "X").faultOf("une ligne\r\nune autre")).isEmpty();
    assertThat(Field.day("x", "X").faultOf("31/12/1969")).isPresent();
    assertThat(Field.day("x", "X").faultOf("2199-12-31")).isEmpty();
    assertThat(Field.day("x", "X").faultOf("01/01/2200")).isPresent();
  }

  /** A browser sends each box that is ticked by itself, and the question all of them as one. */
  @Test
  void boxesAreSentOneByOneAndKeptAsOneValue() {
    Field lines =
        Field.choices(
            "lines",
            "Lignes",
            List.of(new Field.Choice("1", "Ligne 1"), new Field.Choice("3", "Ligne 3")));

    assertThat(boxes(lines, "1", "3").chosen("lines")).containsExactly("1", "3");
    assertThat(boxes(lines, "1", "3").faulty()).isFalse();
    assertThat(boxes(lines, "1,3").chosen("lines")).containsExactly("1", "3");
    assertThat(boxes(lines).fault("lines")).isEqualTo("Cochez au moins une case.");
    assertThat(boxes(lines, "1", "2").faulty()).isTrue();
  }

  private static Entries boxes(Field lines, String... ticked) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/x");
    request.addParameter("lines", ticked);
    Sent sent = new Sent(CLERK, request, new MockHttpServletResponse());
    return Entries.sent(List.of(lines), sent.key(), sent::value);
  }
}
