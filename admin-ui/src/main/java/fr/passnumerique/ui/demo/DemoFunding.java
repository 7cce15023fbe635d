package fr.passnumerique.ui.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Who pays: the programme, its funders, four agreements, the money that arrives on the bank
 * account, an amendment, and the cheques that are issued against it.
 */
final class DemoFunding {
  static final String PROGRAMME = "pass-numerique";
  static final String PROGRAMME_NAME = "Pass numérique";
  static final String ADMINISTRATIVE = "Aide aux démarches administratives";
  static final String EVERYDAY = "Maîtrise des outils numériques du quotidien";
  static final List<String> PUBLICS = List.of("demandeurs-emploi", "seniors", "jeunes");
  static final int FACE_CENTS = 1_000;

  private static final String STATE = "anct";
  private static final int SIGNED = 1;
  private static final int PAID_IN = 4;
  private static final int ORDERED = 6;
  private static final int AMENDED = 145;
  private static final int PAID_IN_AGAIN = 152;
  private static final int USE_CALLED = 250;
  private static final int USE_PAID = 268;
  private static final int NEVER_PAID = 290;
  private static final int LAST_CALLED = 355;
  private static final int DAYS_TO_PAY = 30;
  private static final long LAST_CALL_CENTS = 60_000;

  /** Paid in by the State for one agreement, more than its cheques need, and moved to another. */
  private static final long SURPLUS_CENTS = 30_000;

  record Party(String id, String name, String kind) {}

  /**
   * @param ceilingCheques how many cheques the ceilings are for
   * @param paidCheques how many the first payments are for
   */
  private record Agreement(
      String id,
      String departement,
      int ceilingCheques,
      int paidCheques,
      Map<String, Integer> key,
      String onUse) {}

  private static final List<Party> FUNDERS =
      List.of(
          new Party(STATE, "Agence nationale de la cohésion des territoires", "STATE"),
          new Party("region-nouvelle-aquitaine", "Région Nouvelle-Aquitaine", "REGION"),
          new Party("region-bretagne", "Région Bretagne", "REGION"),
          new Party("departement-16", "Département de la Charente", "DEPARTEMENT"),
          new Party("departement-06", "Département des Alpes-Maritimes", "DEPARTEMENT"),
          new Party("departement-35", "Département d'Ille-et-Vilaine", "DEPARTEMENT"),
          new Party("departement-33", "Département de la Gironde", "DEPARTEMENT"),
          new Party("bordeaux-metropole", "Bordeaux Métropole", "EPCI"));

  /** Registered right after the programme. */
  static final Party FIRST_FUNDER = FUNDERS.getFirst();

  private static final String CHARENTE = "convention-charente";
  private static final String ALPES = "convention-alpes-maritimes";
  private static final String BRETAGNE = "convention-ille-et-vilaine";
  private static final String GIRONDE = "convention-gironde";

  private static final List<Agreement> AGREEMENTS =
      List.of(
          new Agreement(
              CHARENTE,
              "16",
              5_000,
              3_300,
              key(STATE, 5_000, "region-nouvelle-aquitaine", 2_500, "departement-16", 2_500),
              ""),
          new Agreement(ALPES, "06", 2_000, 1_800, key(STATE, 5_714, "departement-06", 4_286), ""),
          // The State pays for what was used, and the region advances its share until then.
          new Agreement(
              BRETAGNE,
              "35",
              2_000,
              1_200,
              key(STATE, 5_000, "region-bretagne", 3_000, "departement-35", 2_000),
              "region-bretagne"),
          new Agreement(
              GIRONDE,
              "33",
              1_500,
              500,
              key(
                  STATE,
                  4_000,
                  "region-nouvelle-aquitaine",
                  2_000,
                  "departement-33",
                  3_000,
                  "bordeaux-metropole",
                  1_000),
              ""));

  private final DemoDesk desk;
  private final DemoBank bank;
  private final DemoStock stock;
  private final Map<String, String> references = new HashMap<>();
  private int calls;
  private long usedCents;

  DemoFunding(DemoDesk desk, DemoBank bank, DemoStock stock) {
    this.desk = desk;
    this.bank = bank;
    this.stock = stock;
  }

  private static Map<String, Integer> key(Object... funderAndBasisPoints) {
    Map<String, Integer> key = new LinkedHashMap<>();
    for (int i = 0; i < funderAndBasisPoints.length; i += 2) {
      key.put((String) funderAndBasisPoints[i], (Integer) funderAndBasisPoints[i + 1]);
    }
    return key;
  }

  List<Scene> scenes() {
    List<Scene> scenes = new ArrayList<>();
    scenes.add(new Scene(0, 9, "le programme et ses financeurs", this::programme));
    for (Agreement agreement : AGREEMENTS) {
      scenes.add(
          new Scene(
              SIGNED,
              10,
              "signature de la " + agreement.id().replace('-', ' '),
              () -> sign(agreement)));
    }
    scenes.add(new Scene(PAID_IN, 11, "les fonds arrivent à la banque", this::firstPayments));
    scenes.add(
        new Scene(
            PAID_IN + 1,
            9,
            "relevé de la banque : un virement sans référence",
            () -> bank.statement(desk.day(PAID_IN))));
    scenes.add(
        new Scene(
            PAID_IN + 1, 11, "un agent rapproche le virement sans référence", this::matchByHand));
    DemoStock.FIRST_ORDERS.forEach(
        order ->
            scenes.add(
                new Scene(
                    ORDERED,
                    9,
                    order.cheques() + " chèques émis, " + order.departement(),
                    () -> stock.issue(order))));
    scenes.add(new Scene(ORDERED, 16, "activation sans fonds : refusée", this::withoutCash));
    scenes.add(
        new Scene(AMENDED, 10, "avenant à la " + CHARENTE.replace('-', ' '), this::amendment));
    scenes.add(
        new Scene(
            AMENDED + 1, 10, "l'État déplace un excédent vers la Charente", this::moveSurplus));
    scenes.add(
        new Scene(PAID_IN_AGAIN, 10, "fonds reçus au titre de l'avenant", this::morePayments));
    scenes.add(
        new Scene(
            PAID_IN_AGAIN + 1,
            9,
            "relevé de la banque",
            () -> bank.statement(desk.day(PAID_IN_AGAIN))));
    scenes.add(
        new Scene(
            PAID_IN_AGAIN + 2,
            9,
            DemoStock.AFTER_AMENDMENT.cheques() + " chèques émis sous la nouvelle clé",
            () -> stock.issue(DemoStock.AFTER_AMENDMENT)));
    scenes.add(
        new Scene(
            USE_CALLED, 10, "appel de la part de l'État sur les chèques utilisés", this::callUse));
    scenes.add(new Scene(USE_PAID, 10, "l'État rembourse la région qui avançait", this::useIsPaid));
    scenes.add(
        new Scene(
            LAST_CALLED,
            10,
            "un appel de fonds à payer",
            () ->
                call(
                    CHARENTE,
                    "departement-16",
                    LAST_CALL_CENTS,
                    desk.today().plusDays(DAYS_TO_PAY))));
    scenes.add(
        new Scene(
            NEVER_PAID,
            10,
            "un appel de fonds qui restera sans réponse",
            () ->
                call(
                    GIRONDE,
                    "departement-33",
                    cents(500, 3_000),
                    desk.today().plusDays(DAYS_TO_PAY))));
    return scenes;
  }

  private void programme() {
    desk.post(
        "/api/programmes",
        Map.of(
            "programme",
            PROGRAMME,
            "name",
            PROGRAMME_NAME,
            "validityDays",
            180,
            "presentationWindowDays",
            60,
            "eligibleServices",
            List.of(ADMINISTRATIVE, EVERYDAY),
            "eligiblePublics",
            PUBLICS,
            "chequesPerVisit",
            6));
    for (Party funder : FUNDERS) {
      desk.post(
          "/api/funders",
          Map.of("funder", funder.id(), "name", funder.name(), "kind", funder.kind()));
    }
  }

  private void sign(Agreement agreement) {
    desk.post(
        "/api/agreements",
        Map.of(
            "agreement", agreement.id(),
            "programme", PROGRAMME,
            "signedOn", desk.today().toString(),
            "startsOn", desk.day(0).toString(),
            "endsOn", desk.day(1_095).toString(),
            "territory", List.of(agreement.departement()),
            "shares", shares(agreement, agreement.key())));
    payers(agreement)
        .forEach(
            (funder, cents) ->
                call(agreement.id(), funder, cents, desk.today().plusDays(DAYS_TO_PAY)));
  }

  /** What each is asked for at first: its own share, and the one that it advances. */
  private static Map<String, Long> payers(Agreement agreement) {
    Map<String, Long> payments = new TreeMap<>();
    agreement
        .key()
        .forEach(
            (funder, basisPoints) -> {
              boolean onUse = funder.equals(STATE) && !agreement.onUse().isEmpty();
              payments.merge(
                  onUse ? agreement.onUse() : funder,
                  cents(agreement.paidCheques(), basisPoints),
                  Long::sum);
            });
    return payments;
  }

  /** Calls for funds; later payments carry the call's reference. */
  private void call(String agreement, String funder, long cents, LocalDate dueOn) {
    calls++;
    String reference =
        desk.post(
                "/api/calls-for-funds",
                Map.of(
                    "call",
                    callName(calls),
                    "agreement",
                    agreement,
                    "funder",
                    funder,
                    "amountCents",
                    cents,
                    "dueOn",
                    dueOn.toString()))
            .path("reference")
            .asString();
    references.put(agreement + "/" + funder, reference);
  }

  private static String callName(int number) {
    return "appel-%02d".formatted(number);
  }

  private static List<Map<String, Object>> shares(Agreement agreement, Map<String, Integer> key) {
    List<Map<String, Object>> shares = new ArrayList<>();
    key.forEach(
        (funder, basisPoints) -> {
          boolean onUse = funder.equals(STATE) && !agreement.onUse().isEmpty();
          Map<String, Object> share = new LinkedHashMap<>();
          share.put("funder", funder);
          share.put("basisPoints", basisPoints);
          share.put("ceilingCents", cents(agreement.ceilingCheques(), basisPoints) + FACE_CENTS);
          share.put("terms", onUse ? "ON_USE" : "PREPAID");
          if (onUse) {
            share.put("preFinancier", agreement.onUse());
          }
          shares.add(share);
        });
    return shares;
  }

  /** A cent more than the exact share: a split is within one cent of it at any moment. */
  private static long cents(int cheques, int basisPoints) {
    return (long) cheques * FACE_CENTS * basisPoints / 10_000 + 1;
  }

  private void firstPayments() {
    LocalDate day = desk.today();
    for (Agreement agreement : AGREEMENTS) {
      payers(agreement)
          .forEach(
              (funder, cents) -> {
                boolean surplus = agreement.id().equals(ALPES) && funder.equals(STATE);
                long paid = surplus ? cents + SURPLUS_CENTS : cents;
                if (funder.equals("bordeaux-metropole")) {
                  bank.creditSaying(day, paid, "MANDAT 2291 INCLUSION NUMERIQUE");
                } else {
                  bank.credit(day, paid, reference(agreement.id(), funder));
                }
              });
    }
  }

  private String reference(String agreement, String funder) {
    String reference = references.get(agreement + "/" + funder);
    if (reference == null) {
      throw new IllegalStateException("no reference for %s in %s".formatted(funder, agreement));
    }
    return reference;
  }

  private void matchByHand() {
    for (JsonNode entry : desk.getJson("/api/bank-entries/unmatched").path("unmatched")) {
      desk.post(
          "/api/bank-entries/" + entry.path("entry").asString() + "/match",
          Map.of(
              "parts",
              List.of(
                  Map.of(
                      "agreement",
                      GIRONDE,
                      "funder",
                      "bordeaux-metropole",
                      "amountCents",
                      entry.path("cents").asLong()))));
    }
  }

  /** Beyond the cash matched: the refusal is part of the story, and leaves no trace. */
  private void withoutCash() {
    DemoStock.Order order = DemoStock.HALF_COVERED;
    DemoApi.Answer refused =
        desk.tryPost(
            "/api/activations",
            Map.of(
                "activation",
                "activation-sans-fonds",
                "batch",
                stock.batch(order),
                "firstOrdinal",
                order.activated() + 1,
                "lastOrdinal",
                order.cheques()));
    if (refused.accepted()) {
      throw new IllegalStateException("cheques were activated without cash");
    }
    desk.tell("activation refusée faute de fonds : " + refused.code());
  }

  private void amendment() {
    Agreement charente = AGREEMENTS.getFirst();
    desk.post(
        "/api/amendments",
        Map.of(
            "amendment", "avenant-charente-1",
            "agreement", CHARENTE,
            "signedOn", desk.today().toString(),
            "inForceFrom", desk.today().plusDays(1).toString(),
            "startsOn", desk.day(0).toString(),
            "endsOn", desk.day(1_095).toString(),
            "territory", List.of(charente.departement()),
            "shares",
                shares(
                    charente,
                    key(
                        STATE,
                        4_000,
                        "region-nouvelle-aquitaine",
                        3_000,
                        "departement-16",
                        3_000))));
    int cheques = amendedCheques();
    LocalDate dueOn = desk.today().plusDays(DAYS_TO_PAY);
    call(CHARENTE, STATE, cents(cheques, 4_000) - SURPLUS_CENTS, dueOn);
    call(CHARENTE, "region-nouvelle-aquitaine", cents(cheques, 3_000), dueOn);
    call(CHARENTE, "departement-16", cents(cheques, 3_000), dueOn);
  }

  private static int amendedCheques() {
    return DemoStock.UNDER_AMENDMENT.stream().mapToInt(DemoStock.Order::cheques).sum();
  }

  private void moveSurplus() {
    desk.post(
        "/api/funds-transfers",
        Map.of(
            "transfer", "excedent-alpes-maritimes",
            "funder", STATE,
            "from", ALPES,
            "to", CHARENTE,
            "amountCents", SURPLUS_CENTS));
  }

  /**
   * What the State owes on use, as the engine computes it. Played again from the start, it is what
   * was called then: later uses are to be called too by now.
   */
  private void callUse() {
    JsonNode read = desk.getJson("/api/calls-for-funds");
    usedCents =
        read.path("calls")
            .valueStream()
            .filter(call -> call.path("call").asString().equals(callName(calls + 1)))
            .mapToLong(call -> call.path("amountCents").asLong())
            .findFirst()
            .orElseGet(() -> callableOnUse(read));
    call(BRETAGNE, STATE, usedCents, desk.today().plusDays(DAYS_TO_PAY));
  }

  private static long callableOnUse(JsonNode read) {
    return read.path("shares")
        .valueStream()
        .filter(share -> share.path("agreement").asString().equals(BRETAGNE))
        .filter(share -> share.path("funder").asString().equals(STATE))
        .mapToLong(share -> share.path("callableCents").asLong())
        .findFirst()
        .orElseThrow();
  }

  private void useIsPaid() {
    bank.credit(desk.today(), usedCents, reference(BRETAGNE, STATE));
  }

  private void morePayments() {
    int cheques = amendedCheques();
    bank.credit(desk.today(), cents(cheques, 4_000) - SURPLUS_CENTS, reference(CHARENTE, STATE));
    for (String funder : List.of("region-nouvelle-aquitaine", "departement-16")) {
      bank.credit(desk.today(), cents(cheques, 3_000), reference(CHARENTE, funder));
    }
  }
}
