package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.passnumerique.clearing.issuance.FileCheckKeys;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Way.Answer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
  @TempDir private Path directory;
  private Plan plan;
  private Plan.Round round;

  @BeforeEach
  void plan() {
    plan =
        Plan.make(
            3,
            LocalDate.of(2026, 11, 24),
            Site.of(Site.VenueList.real()),
            new Plan.Size(8, 1, 800, 5),
            FileCheckKeys.open(directory.resolve("keys"), new Random(3)));
    round = plan.rounds().getFirst();
  }

  private Sample run(MemoryWay way) throws InterruptedException {
    return Load.run(way, round, new Pace.Closed(), () -> Cost.NOTHING);
  }

  private int resent() {
    return (int)
        round.byClient().stream()
            .flatMap(List::stream)
            .filter(slip -> slip.resend() != Slip.Resend.NO)
            .count();
  }

  @Test
  void everySlipIsSentThoseToBeSentAgainTwiceAndLinesCountOnce() throws InterruptedException {
    MemoryWay way = new MemoryWay();
    Sample sample = run(way);

    assertThat(resent()).isPositive();
    assertThat(sample.requests()).isEqualTo(800 + resent());
    assertThat(sample.already()).isEqualTo(resent());
    assertThat(sample.lines()).isEqualTo(4_000);
    assertThat(sample.accepted()).isEqualTo(round.accepted());
    assertThat(sample.acceptedCents()).isEqualTo(round.accepted() * Plan.FACE_VALUE_CENTS);
    assertThat(sample.latency().getTotalCount()).isEqualTo(sample.requests());
    assertThat(sample.faults()).isEmpty();
    assertThat(way.drained).isTrue();
    assertThat(sample.drainedNanos()).isGreaterThanOrEqualTo(sample.acknowledgedNanos());
  }

  @Test
  void aVerdictThatTheRulesDoNotGiveIsToldWithItsLine() throws InterruptedException {
    Slip wrong = round.byClient().get(2).get(5);
    Sample sample =
        run(
            new MemoryWay() {
              @Override
              Answer judge(Slip slip) {
                Answer answer = super.judge(slip);
                return slip.equals(wrong) ? with(answer, 4, Verdict.OPPOSED) : answer;
              }
            });

    assertThat(sample.faults())
        .isNotEmpty()
        .allMatch(fault -> fault.contains("line 5: OPPOSED"))
        .allMatch(fault -> fault.contains(wrong.reference()));
  }

  @Test
  void aSlipThatIsRecordedTwiceIsTold() throws InterruptedException {
    Sample sample =
        run(
            new MemoryWay() {
              @Override
              Answer again(Slip slip, Answer first) {
                return first;
              }
            });

    assertThat(sample.faults()).isNotEmpty().allMatch(fault -> fault.contains("recorded 2 times"));
  }

  @Test
  void aSlipThatIsNeverSaidToBeNewIsTold() throws InterruptedException {
    Sample sample =
        run(
            new MemoryWay() {
              @Override
              Answer judge(Slip slip) {
                return super.again(slip, super.judge(slip));
              }
            });

    assertThat(sample.faults()).isNotEmpty().allMatch(fault -> fault.contains("recorded 0 times"));
  }

  @Test
  void anAmountThatIsNotThatOfTheAcceptedLinesIsTold() throws InterruptedException {
    Sample sample =
        run(
            new MemoryWay() {
              @Override
              Answer judge(Slip slip) {
                Answer answer = super.judge(slip);
                return new Answer(answer.verdicts(), answer.acceptedCents() - 1, answer.already());
              }
            });

    assertThat(sample.faults()).isNotEmpty().allMatch(fault -> fault.contains("cents"));
  }

  /** A round in which all clients want the same cheques on a part of their slips. */
  private Sample contested(MemoryWay way) throws InterruptedException {
    Plan hot =
        Plan.make(
            3,
            LocalDate.of(2026, 11, 24),
            Site.of(Site.VenueList.real()),
            new Plan.Size(8, List.of(Shape.of(80, 6).hot())),
            FileCheckKeys.open(directory.resolve("keys"), new Random(3)));
    round = hot.rounds().getFirst();
    return run(way);
  }

  private static Answer judged(Slip slip, Predicate<Integer> wins) {
    List<Verdict> verdicts = new ArrayList<>(List.of(slip.expected()));
    for (int i = 0; i < slip.contested(); i++) {
      verdicts.set(i, wins.test(i) ? Verdict.ACCEPTED : Verdict.ALREADY_REDEEMED);
    }
    long accepted = verdicts.stream().filter(verdict -> verdict == Verdict.ACCEPTED).count();
    return new Answer(verdicts, accepted * Plan.FACE_VALUE_CENTS, false);
  }

  @Test
  void whoeverIsFirstMayHaveAContestedCheque() throws InterruptedException {
    Set<Long> taken = ConcurrentHashMap.newKeySet();

    Sample sample =
        contested(
            new MemoryWay() {
              @Override
              Answer judge(Slip slip) {
                return judged(slip, line -> taken.add(slip.serials()[line]));
              }
            });

    assertThat(sample.faults()).isEmpty();
    assertThat(taken).isNotEmpty();
    assertThat(sample.accepted()).isEqualTo(round.accepted());
  }

  @Test
  void aContestedChequeThatTwoHaveOrNobodyIsTold() throws InterruptedException {
    for (boolean wins : new boolean[] {true, false}) {
      Sample sample =
          contested(
              new MemoryWay() {
                @Override
                Answer judge(Slip slip) {
                  return judged(slip, _ -> wins);
                }
              });

      assertThat(sample.faults())
          .isNotEmpty()
          .allMatch(
              fault ->
                  fault.contains(
                      "which all clients presented, was accepted %d times"
                          .formatted(wins ? 8 : 0)));
    }
  }

  @Test
  void whereSlipsArriveAtAStatedRateLagIsLookedAtAndLatencyCountsFromWhenTheyWereDue()
      throws InterruptedException {
    MemoryWay slow =
        new MemoryWay() {
          @Override
          Answer judge(Slip slip) {
            LockSupport.parkNanos(2_000_000);
            return super.judge(slip);
          }
        };
    slow.lagNanos = 7_000_000;
    // Each client is asked four times as often as it can answer.
    Sample sample = Load.run(slow, round, new Pace.Open(8 * 2_000), () -> Cost.NOTHING);

    assertThat(sample.faults()).isEmpty();
    assertThat(sample.lag().getTotalCount()).isPositive();
    assertThat(sample.lag().getMaxValue() / 1e6).isBetween(6.9, 7.1);
    assertThat(sample.latency().getValueAtPercentile(99) / 1e6)
        .as("the last of a client's hundred slips waited for those before")
        .isGreaterThan(100);
    assertThat(run(new MemoryWay()).lag().getTotalCount()).as("not in a closed loop").isZero();
  }

  @Test
  void aLagThatCannotBeLookedAtEndsTheRun() {
    MemoryWay broken = new MemoryWay();
    broken.lagNanos = -1;

    assertThatIllegalStateException()
        .isThrownBy(() -> Load.run(broken, round, new Pace.Open(100_000), () -> Cost.NOTHING))
        .withMessageContaining("lag");
  }

  @Test
  void aClientThatFailsEndsTheRunWithItsReason() {
    MemoryWay broken =
        new MemoryWay() {
          @Override
          Answer judge(Slip slip) {
            throw new IllegalStateException("no connection");
          }
        };

    assertThatIllegalStateException()
        .isThrownBy(() -> run(broken))
        .withMessageContaining("no connection");
  }
}
