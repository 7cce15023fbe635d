package fr.passnumerique.clearing.worklist;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.worklist.WorklistWorld.CLERK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankParts;
import fr.passnumerique.clearing.calls.CallFunds;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.upkeep.RebuildId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A worklist of any length, a page at a time. */
class WorklistPagesTest {
  private static final Actor WHO = new Actor(CLERK, Role.CLERK, "");

  private final WorklistWorld world = new WorklistWorld();

  private String books(long cents) {
    return world.bank.books("B-" + cents, world.today(), cents);
  }

  @Test
  void whatIsDoneBetweenTwoPagesHidesNothing() {
    List<String> entries = List.of(books(100), books(200), books(300), books(400), books(500));

    Page<Task> first = world.page(WHO, null, 2);
    world.must(BankParts.match(entries.get(0), AGREEMENT, STATE, 100));
    world.must(BankParts.match(entries.get(1), AGREEMENT, STATE, 200));
    Page<Task> second = world.page(WHO, first.next().orElseThrow(), 2);
    Page<Task> third = world.page(WHO, second.next().orElseThrow(), 2);

    assertThat(first.count()).isEqualTo(5);
    assertThat(first.rows()).extracting(Task::cents).containsExactly(100L, 200L);
    assertThat(second.count()).isEqualTo(3);
    assertThat(second.rows()).extracting(Task::cents).containsExactly(300L, 400L);
    assertThat(third.rows()).extracting(Task::cents).containsExactly(500L);
    assertThat(third.next()).isEmpty();
    assertThat(world.page(WHO, null, 3).next()).as("a page that is just full").isEmpty();
  }

  @Test
  void aPageOfSomeKindsIsFullOfThem() {
    books(100);
    books(200);
    world.must(WorklistWorld.proposing(Payee.of(STATE), "v-2"));

    Page<Task> accounts = world.of(WHO, EnumSet.of(Task.Kind.CONFIRM_FUNDER_ACCOUNT), 1);

    assertThat(accounts.count()).isEqualTo(1);
    assertThat(accounts.rows())
        .extracting(Task::kind)
        .containsExactly(Task.Kind.CONFIRM_FUNDER_ACCOUNT);
    assertThat(accounts.next()).isEmpty();
  }

  /** Those that a day makes due are of one moment: what they are about tells them apart. */
  @Test
  void noTwoTasksStandInOnePlaceSoThatPagesOfOneMissNone() {
    for (int i = 1; i <= 3; i++) {
      books(100 * i);
      books(-70 * i);
    }
    world.bank.sendsWhatCannotBeRead();
    world.bank.saysSomethingOfNoTransfer();
    world.must(WorklistWorld.proposing(Payee.of(WorklistWorld.VENUE), "v-1"));
    world.must(WorklistWorld.proposing(Payee.of(STATE), "v-2"));
    world.must(WorklistWorld.proposing(Payee.of(REGION), "v-3"));
    world.reverses("indu-1", "BR-1", world.presents("BR-1", 1, 3), 1, 3);
    world.reverses("indu-2", "BR-2", world.presents("BR-2", 4, 6), 4, 3);
    world.differs(new RebuildId("accounts-2"), "d1");
    for (String call : List.of("C-2", "C-1", "C-3")) {
      world.must(
          new CallFunds(new CallId(call), AGREEMENT, STATE, 100, world.today().plusDays(1), CLERK));
    }
    world.on(world.today().plusDays(2));
    List<Task> all = world.tasks(WHO);
    assertThat(all.stream().filter(task -> task.kind() == Task.Kind.CHASE_CALL))
        .as("of one moment")
        .hasSize(3)
        .extracting(Task::since)
        .containsOnly(
            all.stream().filter(t -> t.about().equals("C-1")).findFirst().orElseThrow().since());
    assertThat(all).extracting(Task::kind).contains(Task.Kind.REPAIR_BREACH);

    assertThat(all).extracting(TaskPlace::of).doesNotHaveDuplicates().isSorted();
    List<Task> oneByOne = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Page<Task> page = world.page(WHO, after.orElse(null), 1);
      oneByOne.addAll(page.rows());
      after = page.next();
    } while (after.isPresent());
    assertThat(oneByOne).isEqualTo(all).hasSizeGreaterThan(12);
  }

  @Test
  void aPageBeginsOnlyAfterWhatAPageNamed() {
    for (String after :
        List.of("", "RELEASE_RUN", "RELEASE~2026-03-02T11:00:00Z~x", "RELEASE_RUN~2026-03-02~x")) {
      assertThatThrownBy(() -> world.page(WHO, after, 2))
          .as(after)
          .isInstanceOf(Problem.class)
          .hasMessageContaining("must be what the page before names as next");
    }
  }

  @Test
  void aPageHas1To5000Tasks() {
    books(100);
    books(200);

    assertThat(world.endpoint().readWorklist(null, 1, WHO).tasks()).hasSize(1);
    assertThat(world.endpoint().readWorklist(null, 1, WHO).next()).isPresent();
    assertThat(world.endpoint().readWorklist(null, 5_000, WHO).count()).isEqualTo(2);
    for (int limit : new int[] {0, 5_001}) {
      assertThatThrownBy(() -> world.endpoint().readWorklist(null, limit, WHO))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("limit must be 1 to 5000");
    }
  }
}
