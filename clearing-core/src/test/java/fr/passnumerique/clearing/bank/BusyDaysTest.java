package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What files of busy days come to, each a mixture of all that a bank tells, of few amounts and few
 * days, so that much is alike: told first by notifications, then by statements, otherwise, and
 * again. What stands in {@code busy-days.txt} was written when each entry was held against all
 * there is; whoever finds them another way comes to the same facts.
 */
class BusyDaysTest {
  private static final int TRANSFERS = 12;
  private static final int FILES = 6;
  private static final int ENTRIES = 40;
  private static final String[] DAYS = {"2026-04-01", "2026-04-02", "2026-03-31"};
  private static final long[] AMOUNTS = {1_000, 1_000, 2_500, 700};
  private static final String[] TEXTS = {
    "creuse-2026 anct",
    "Creuse 2026 / Région Nouvelle-Aquitaine",
    "creuse-2026",
    "dons 2026 du comité",
    "facture DONS 2026, merci",
    "RF18 5390 0754 7034 sans suite",
    "main-1",
    "reçu main 3 et main 4",
    "merci",
    "anct",
    ""
  };

  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

  @Test
  void comeToTheSameFactsHoweverTheirEntriesAreFound() throws IOException {
    assertThat(IntStream.rangeClosed(1, 25).mapToObj(this::told).toList())
        .containsExactlyElementsOf(recorded());
  }

  private static List<String> recorded() throws IOException {
    try (InputStream in = BusyDaysTest.class.getResourceAsStream("/bank/busy-days.txt")) {
      return in == null ? List.of() : new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private String told(int seed) {
    Random random = new Random(seed);
    BankWorld world = world(random);
    outcomes.clear();
    List<Camt> told = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      Camt camt =
          !told.isEmpty() && random.nextInt(4) == 0
              ? told.get(random.nextInt(told.size()))
              : file(random, file);
      told.add(camt);
      for (Entry entry : world.importing(camt.bytes()).entries()) {
        outcomes.merge(entry.outcome(), 1, Integer::sum);
      }
    }
    return "%d: %s; %d facts %s"
        .formatted(
            seed,
            outcomes.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(joining(", ")),
            world.ledger.facts().size(),
            KnownBookings.digest(world.ledger.facts().toString()));
  }

  private static BankWorld world(Random random) {
    BankWorld world = BankWorld.usual();
    world.ledger.on(BankWorld.TODAY.minusDays(1));
    SettlementRunOpened.Transfer[] transfers = new SettlementRunOpened.Transfer[TRANSFERS];
    for (int i = 1; i <= TRANSFERS; i++) {
      long cents = AMOUNTS[random.nextInt(AMOUNTS.length)];
      String venue = "%014d".formatted(i);
      long slip = TransfersTest.slip(world, venue, "v-" + i, cents);
      transfers[i - 1] =
          TransfersTest.transfer(new TransferId("R-1-" + i), "v-" + i, venue, slip, cents);
    }
    TransfersTest.open(world, "R-1", transfers);
    world.ledger.on(BankWorld.TODAY);
    world.must(new AssignPaymentReference(AGREEMENT, REGION, Optional.of("Dons 2026")));
    for (int i = 1; i <= 8; i++) {
      world.must(
          new RecordReceipt(
              new ReceiptId("main-" + i),
              AGREEMENT,
              random.nextBoolean() ? STATE : REGION,
              AMOUNTS[random.nextInt(AMOUNTS.length)],
              BankWorld.TODAY.minusDays(random.nextInt(9))));
    }
    return world;
  }

  private static Camt file(Random random, int number) {
    String day = DAYS[random.nextInt(2)];
    Camt camt =
        random.nextInt(3) == 0
            ? Camt.notification("N-" + number)
            : Camt.statement("S-" + random.nextInt(2), day, day, 1_000L * random.nextInt(2))
                .told("M-" + number);
    for (int i = 0; i < ENTRIES; i++) {
      entry(camt, random);
    }
    return camt;
  }

  private static void entry(Camt camt, Random random) {
    String reference = random.nextInt(3) == 0 ? "" : "B-" + random.nextInt(30);
    String day = DAYS[random.nextInt(10) == 0 ? random.nextInt(3) : random.nextInt(2)];
    long cents = AMOUNTS[random.nextInt(AMOUNTS.length)];
    String transfer = "R-1-" + (1 + random.nextInt(TRANSFERS + 2));
    String text = TEXTS[random.nextInt(TEXTS.length)];
    switch (random.nextInt(8)) {
      case 0 -> camt.entry(reference, day, -cents, transfer, "");
      case 1 -> camt.returned(reference, day, cents, transfer, "AC04");
      case 2 -> camt.takenBack(reference, day, cents, transfer);
      case 3 -> camt.batch("B-" + random.nextInt(30), day, 1_000, "600 " + text, "400 merci");
      case 4 -> camt.entry(reference, day, -cents, "", text);
      default ->
          camt.entry(
              reference, day, cents, random.nextBoolean() ? "" : "E-" + random.nextInt(4), text);
    }
  }
}
