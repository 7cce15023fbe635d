package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.CUT_OFF;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.cancel;
import static fr.passnumerique.clearing.settlement.SettlementWorld.confirm;
import static fr.passnumerique.clearing.settlement.SettlementWorld.reject;
import static fr.passnumerique.clearing.settlement.SettlementWorld.release;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run of more entries than one fact holds. */
class RunsInPiecesTest {
  /** A transfer of one slip that two funders pay is four entries. */
  private static final int IN_A_PIECE = Pieces.LARGEST / 4;

  private static final int TRANSFERS = 2 * IN_A_PIECE + 1;
  private static final SettlementRunId RUN = new SettlementRunId("R-1");

  private final SettlementWorld world = new SettlementWorld();

  /** At the registers. */
  private int looks;

  private final CountedReader reader = new CountedReader(new FixtureReader(world.ledger));

  private final SettlementRuns runs =
      new SettlementRuns(
          world.register, Supplier::get, reader, new SettlementParts.NoVault(), Optional.empty());

  @BeforeEach
  void aLargeRunIsOpen() {
    List<Fact> owed = new ArrayList<>();
    for (int i = 1; i <= TRANSFERS; i++) {
      VenueId venue = new VenueId("%014d".formatted(10_000_000_000_000L + i));
      owed.add(account(venue, "v-" + i, "iban-" + i));
      owed.add(slip(venue, "S-" + i, 1_000L + i));
    }
    world.ledger.given(owed.toArray(Fact[]::new));
    world.begin(CUT_OFF);
    world.ledger.send(run("R-1"));
  }

  @Test
  void eachTransferIsFoundWithTheMoneyOfThePieceThatOrdersIt() {
    long opened = position(1);
    assertThat(opened).isEqualTo(runs.position(RUN));
    assertThat(position(IN_A_PIECE)).isEqualTo(opened);
    assertThat(position(IN_A_PIECE + 1)).isEqualTo(opened + 1);
    assertThat(position(2 * IN_A_PIECE)).isEqualTo(opened + 1);
    assertThat(position(TRANSFERS)).isEqualTo(opened + 2);

    List<SettlementRun.Order> whole = runs.find(RUN).orElseThrow().run().transfers();
    assertThat(whole).hasSize(TRANSFERS);
    IntStream.of(1, IN_A_PIECE, IN_A_PIECE + 1, TRANSFERS)
        .forEach(
            number -> {
              SettlementRuns.FoundTransfer found = find(number).orElseThrow();
              assertThat(found.order()).isEqualTo(whole.get(number - 1));
              assertThat(found.ordered().parts()).hasSize(2);
              assertThat(
                      found.ordered().parts().stream()
                          .mapToLong(part -> part.spent().cents())
                          .sum())
                  .isEqualTo(found.order().amountCents())
                  .isEqualTo(1_000L + number);
            });
    assertThat(find(TRANSFERS + 1)).isEmpty();
    assertThat(runs.find(new SettlementRunId("R-2"), new TransferId("R-1-1"))).isEmpty();
  }

  @Test
  void aTransferOfALaterPieceIsToldAsItStandsNow() {
    SettlementRuns.FoundTransfer open = find(TRANSFERS).orElseThrow();
    assertThat(open.released()).isFalse();
    assertThat(open.order().state()).isEqualTo(SettlementRun.State.ORDERED);

    LocalDate later = CUT_OFF.plusDays(40);
    world.begin(later);
    world.ledger.send(release("R-1", SettlementWorld.SECOND_CLERK));
    world.handOut("R-1");
    LocalDate paidOn = find(TRANSFERS).orElseThrow().executionOn();
    world.begin(paidOn);
    world.ledger.send(confirm("R-1", "R-1-" + TRANSFERS, paidOn));
    SettlementRuns.FoundTransfer paid = find(TRANSFERS).orElseThrow();

    assertThat(paid.released()).isTrue();
    assertThat(paid.executionOn()).isEqualTo(runs.find(RUN).orElseThrow().run().executionOn());
    assertThat(paid.executionOn()).isAfter(open.executionOn());
    assertThat(paid.order())
        .isEqualTo(runs.find(RUN).orElseThrow().run().transfers().get(TRANSFERS - 1));
    assertThat(paid.order().state()).isEqualTo(SettlementRun.State.CONFIRMED);
    assertThat(paid.order().slips().getFirst().late()).isTrue();
  }

  @Test
  void ofACancelledRunItIsFoundToo() {
    world.ledger.send(cancel("R-1"));

    SettlementRuns.FoundTransfer found = find(TRANSFERS).orElseThrow();
    assertThat(found.released()).isFalse();
    assertThat(found.order().state()).isEqualTo(SettlementRun.State.CANCELLED);
    assertThat(found.order())
        .isEqualTo(runs.find(RUN).orElseThrow().run().transfers().get(TRANSFERS - 1));
  }

  @Test
  void aPageOfItReadsTheFactsAloneThatOrderWhatItShows() {
    SettlementRun whole = runs.find(RUN).orElseThrow().run();

    reader.facts();
    RunPage none = page(0, 0);
    assertThat(none.run().transfers()).isEmpty();
    assertThat(none.count()).isEqualTo(TRANSFERS);
    assertThat(reader.facts()).as("its beginning").isEqualTo(1);
    RunPage first = page(0, 100);
    assertThat(reader.facts()).isEqualTo(1);
    assertThat(first.run().transfers()).isEqualTo(whole.transfers().subList(0, 100));
    assertThat(first.next()).contains(100);
    RunPage over = page(IN_A_PIECE - 1, 2);
    assertThat(reader.facts()).isEqualTo(2);
    assertThat(over.run().transfers())
        .isEqualTo(whole.transfers().subList(IN_A_PIECE - 1, IN_A_PIECE + 1));
    RunPage last = page(TRANSFERS - 1, 100);
    assertThat(last.run().transfers()).containsExactly(whole.transfers().get(TRANSFERS - 1));
    assertThat(last.next()).isEmpty();
    assertThat(page(TRANSFERS, 100).run().transfers()).isEmpty();
    assertThat(page(Integer.MAX_VALUE, 100).run().transfers()).isEmpty();
    assertThat(runs.page(new SettlementRunId("R-2"), 0, 100)).isEmpty();
  }

  @Test
  void aPageTellsTheSumsOfTheWholeRun() {
    LocalDate later = CUT_OFF.plusDays(40);
    world.begin(later);
    world.ledger.send(release("R-1", SettlementWorld.SECOND_CLERK));
    sumsAreTold(TRANSFERS);
    world.debited("R-1-2", later);
    sumsAreTold(TRANSFERS - 1);
    world.ledger.send(SettlementParts.download("R-1", "R-1-2"));
    world.ledger.send(confirm("R-1", "R-1-3", later));

    sumsAreTold(TRANSFERS - 2);
    assertThat(page(0, 1).inFile())
        .as("as it was when it was handed out: without the one that had an end")
        .isEqualTo(new RunPage.InFile(page(0, 1).run().amountCents() - 1_002, TRANSFERS - 1));
    assertThat(page(0, 1).run().lateCents()).isPositive();
  }

  @Test
  void ofACancelledRunAPageAndTheListTellWhatItWasToPay() {
    world.ledger.send(cancel("R-1"));

    sumsAreTold(0);
    RunPage page = page(TRANSFERS - 1, 1);
    assertThat(page.run().amountCents()).isPositive();
    assertThat(page.run().transfers())
        .isEqualTo(
            runs.find(RUN).orElseThrow().run().transfers().subList(TRANSFERS - 1, TRANSFERS));
    RunList.Row listed =
        new RunList(world.register, Supplier::get).newest(null, 1).runs().getFirst();
    assertThat(listed.amountCents()).isEqualTo(page.run().amountCents());
    assertThat(listed.transfers()).isEqualTo(TRANSFERS);
  }

  @Test
  void itsTransfersAreListedSomeAtATimeAndOfARareStateOnlyRunsThatHaveIt() {
    assertThat(listed(null)).hasSize(TRANSFERS).first().isEqualTo("R-1-" + TRANSFERS);
    assertThat(listed(null)).doesNotHaveDuplicates().last().isEqualTo("R-1-1");
    world.ledger.send(release("R-1", SettlementWorld.SECOND_CLERK));
    world.handOut("R-1");
    world.ledger.send(confirm("R-1", "R-1-3", CUT_OFF));

    assertThat(listed(TransferList.State.CONFIRMED)).containsExactly("R-1-3");
    assertThat(listed(TransferList.State.SENT)).hasSize(TRANSFERS - 1).doesNotContain("R-1-3");
    looks = 0;
    assertThat(listed(TransferList.State.REJECTED)).isEmpty();
    assertThat(looks).as("at the runs alone").isEqualTo(1);
    world.ledger.send(reject("R-1", "R-1-4", CUT_OFF, "AC04"));
    assertThat(listed(TransferList.State.REJECTED)).containsExactly("R-1-4");
  }

  /** By four hundreds. */
  private List<String> listed(TransferList.@Nullable State state) {
    TransferList.Filter filter = new TransferList.Filter(null, state, null, null, null);
    TransferList list =
        new TransferList(
            world.register,
            new ReadLock() {
              @Override
              public <T> T read(Supplier<T> query) {
                looks++;
                return query.get();
              }
            });
    List<String> found = new ArrayList<>();
    NewestPage.each(
        before -> list.newest(filter, before, 400),
        TransferList.Rows::transfers,
        TransferList.Rows::next,
        row -> found.add(row.transfer().value()));
    return found;
  }

  private void sumsAreTold(int waiting) {
    SettlementRun whole = runs.find(RUN).orElseThrow().run();
    RunPage page = page(0, 1);
    assertThat(page.run().amountCents()).isEqualTo(whole.amountCents());
    assertThat(page.run().lateCents())
        .isEqualTo(whole.lateCents())
        .isEqualTo(whole.transfers().stream().mapToLong(SettlementRun.Order::lateCents).sum());
    assertThat(page.waiting()).isEqualTo(waiting);
    assertThat(page.run().downloads()).isEqualTo(whole.downloads());
    assertThat(page.count()).isEqualTo(TRANSFERS);
    if (whole.downloads().isEmpty()) {
      assertThat(page.inFile())
          .isEqualTo(
              new RunPage.InFile(
                  whole.transfers().stream()
                      .filter(order -> order.state() == SettlementRun.State.ORDERED)
                      .mapToLong(SettlementRun.Order::amountCents)
                      .sum(),
                  waiting));
    }
    RunList.Row listed =
        new RunList(world.register, Supplier::get).newest(null, 1).runs().getFirst();
    assertThat(listed.paid())
        .isEqualTo(
            (int)
                whole.transfers().stream()
                    .filter(order -> order.state() == SettlementRun.State.CONFIRMED)
                    .count());
  }

  private RunPage page(int after, int limit) {
    return runs.page(RUN, after, limit).orElseThrow();
  }

  private Optional<SettlementRuns.FoundTransfer> find(int number) {
    return runs.find(RUN, new TransferId("R-1-" + number));
  }

  private long position(int number) {
    return find(number).orElseThrow().position();
  }
}
