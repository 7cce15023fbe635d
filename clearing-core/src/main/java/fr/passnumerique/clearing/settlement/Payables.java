package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is owed to venues and in no transfer, line by line. */
final class Payables {
  /** By programme and position of the slip's fact: the oldest first. */
  private final Map<ProgrammeId, TreeMap<Long, Unpaid>> unpaid = new HashMap<>();

  /** By position of the slip's fact, of the lifted reversals since which some of it is owed. */
  private final Map<Long, List<Long>> lifted = new HashMap<>();

  /** By position of a lifted reversal's fact, that of the slip's: it is of one. */
  private final Map<Long, Long> slips = new HashMap<>();

  /** By position of the slip's fact. */
  private final Map<Long, Withdrawn> withdrawn = new HashMap<>();

  private final ChequeCents cheques;

  /**
   * What was owed of a slip that its venue took back.
   *
   * @param on Europe/Paris
   */
  record Withdrawn(LocalDate on, Map<ProgrammeId, Long> cents) {}

  Payables(ChequeCents cheques) {
    this.cheques = cheques;
  }

  boolean isKnown(ProgrammeId programme) {
    return unpaid.containsKey(programme);
  }

  Set<ProgrammeId> programmes() {
    return unpaid.keySet();
  }

  /** The oldest first. */
  Collection<Unpaid> of(ProgrammeId programme) {
    return unpaid.getOrDefault(programme, new TreeMap<>()).values();
  }

  /** Null if nothing of the slip is owed. */
  @Nullable Unpaid of(ProgrammeId programme, long slip) {
    return unpaid.getOrDefault(programme, new TreeMap<>()).get(slip);
  }

  /**
   * The positions, besides its own, under which lines of a slip are owed since they were lifted.
   */
  List<Long> liftedOf(long slip) {
    return List.copyOf(lifted.getOrDefault(slip, List.of()));
  }

  /**
   * @param position of a slip's fact, or of a lifted reversal's since which some of it is owed
   * @return of the slip's fact
   */
  long slipOf(long position) {
    return slips.getOrDefault(position, position);
  }

  /** Null unless its venue took the slip back. */
  @Nullable Withdrawn withdrawn(long slip) {
    return withdrawn.get(slip);
  }

  /** Whether all of these lines are owed; others of their slip may be as well. */
  boolean owes(ProgrammeId programme, Unpaid lines) {
    Unpaid now = of(programme, lines.position());
    return now != null && now.holds(lines);
  }

  // --- facts

  void define(ProgrammeId programme) {
    owed(programme);
  }

  void judge(SlipJudged slip, long position, Instant recordedAt) {
    Map<ProgrammeId, List<SpentCents>> byProgramme = new LinkedHashMap<>();
    for (SpentCents part : slip.owed()) {
      byProgramme.computeIfAbsent(part.programme(), _ -> new ArrayList<>(4)).add(part);
    }
    byProgramme.forEach(
        (programme, parts) ->
            owed(programme)
                .put(
                    position,
                    new Unpaid(
                        slip.venue(),
                        slip.reference(),
                        position,
                        recordedAt,
                        Paris.dayOf(slip.presentedAt()),
                        parts.stream().mapToLong(SpentCents::cents).sum(),
                        List.copyOf(parts),
                        lines(slip, byProgramme.size() == 1 ? null : programme),
                        List.of())));
  }

  /**
   * @param programme null for all lines
   */
  private OwedLines lines(SlipJudged slip, @Nullable ProgrammeId programme) {
    int count = slip.lines().size();
    long[] serials = new long[count];
    Departement[] spentIn = new Departement[count];
    int size = 0;
    Set<Serial> waived = Set.copyOf(slip.waivedCheques());
    for (SlipJudged.Line line : slip.lines()) {
      if (line.rejected().isPresent() || waived.contains(line.cheque().orElseThrow())) {
        continue;
      }
      Serial cheque = line.cheque().orElseThrow();
      if (programme == null || programme.equals(cheques.programmeOf(cheque))) {
        serials[size] = cheque.key();
        spentIn[size++] = slip.visits().get(line.visit()).departement();
      }
    }
    return OwedLines.of(serials, spentIn, size);
  }

  void withdraw(SlipWithdrawn fact) {
    Map<ProgrammeId, Long> cents = new LinkedHashMap<>();
    fact.owed().forEach(part -> cents.merge(part.programme(), part.cents(), Math::addExact));
    for (ProgrammeId programme : cents.keySet()) {
      TreeMap<Long, Unpaid> owed = unpaid.get(programme);
      if (owed == null || owed.remove(fact.slip()) == null) {
        throw new IllegalStateException(
            "slip %s/%s is withdrawn and was not unpaid".formatted(fact.venue(), fact.reference()));
      }
    }
    withdrawn.put(fact.slip(), new Withdrawn(Paris.dayOf(fact.withdrawnAt()), cents));
  }

  /** Owed since its reversal was lifted, so that its payment target counts from there. */
  void lift(ReversalLifted fact, long position, Instant recordedAt) {
    Map<ProgrammeId, List<VoidedLine>> byProgramme = new LinkedHashMap<>();
    fact.owedAgain().stream()
        .map(VoidedLine::slip)
        .distinct()
        .forEach(
            slip -> {
              lifted.computeIfAbsent(slip, _ -> new ArrayList<>()).add(position);
              slips.put(position, slip);
            });
    for (VoidedLine line : fact.owedAgain()) {
      byProgramme
          .computeIfAbsent(line.parts().getFirst().programme(), _ -> new ArrayList<>())
          .add(line);
    }
    byProgramme.forEach(
        (programme, lines) -> {
          SumOfParts sum = new SumOfParts();
          lines.forEach(line -> sum.plus(line.parts()));
          List<SpentCents> spent = sum.parts();
          add(
              programme,
              new Unpaid(
                  fact.venue(),
                  fact.reference(),
                  position,
                  recordedAt,
                  Paris.dayOf(recordedAt),
                  spent.stream().mapToLong(SpentCents::cents).sum(),
                  spent,
                  OwedLines.NONE,
                  List.copyOf(lines)));
        });
  }

  /** Owed again. */
  void add(ProgrammeId programme, Unpaid lines) {
    if (lines.cents() > 0) {
      owed(programme).merge(lines.position(), lines, Unpaid::plus);
    }
  }

  /**
   * @return all that was owed of the slip; null if nothing was
   */
  @Nullable Unpaid take(ProgrammeId programme, long slip) {
    return owed(programme).remove(slip);
  }

  /**
   * @throws IllegalStateException if it is not owed
   */
  void takeOut(ProgrammeId programme, Unpaid piece) {
    Unpaid before = owed(programme).get(piece.position());
    if (before == null || before.cents() < piece.cents()) {
      throw new IllegalStateException(
          "slip %s/%s is not owed what is taken out of it"
              .formatted(piece.venue(), piece.reference()));
    }
    Unpaid left = before.minus(piece);
    if (left.cents() == 0) {
      owed(programme).remove(piece.position());
    } else {
      owed(programme).put(piece.position(), left);
    }
  }

  private TreeMap<Long, Unpaid> owed(ProgrammeId programme) {
    return unpaid.computeIfAbsent(programme, _ -> new TreeMap<>());
  }
}
