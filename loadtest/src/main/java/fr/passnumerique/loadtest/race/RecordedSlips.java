package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.Verdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger has of slips, read from its table: one order of all calls, which must explain
 * what clients were told.
 */
final class RecordedSlips {
  static final int FACE_VALUE_CENTS = 1_000;

  private final List<Row> rows;

  private RecordedSlips(List<Row> rows) {
    this.rows = rows;
  }

  record Row(long position, Fact fact) {}

  /**
   * @param after position, exclusive
   */
  static RecordedSlips read(DataSource ledger, long after) throws SQLException {
    FactCatalogue catalogue = RaceNode.catalogue();
    List<Row> rows = new ArrayList<>();
    try (Connection connection = ledger.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select position, type, version, payload from ledger.event where position > ? order"
                    + " by position")) {
      select.setLong(1, after);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rows.add(
              new Row(
                  found.getLong(1),
                  catalogue.read(found.getString(2), found.getInt(3), found.getString(4))));
        }
      }
    }
    return of(after, rows);
  }

  /**
   * @param after position of the last row before these
   */
  static RecordedSlips of(long after, List<Row> rows) {
    List<Row> all = new ArrayList<>();
    all.add(new Row(after, new SlipsBegin()));
    all.addAll(rows);
    return new RecordedSlips(all);
  }

  /** Stands for all that was recorded before. */
  private record SlipsBegin() implements Fact {
    @Override
    public Set<String> tags() {
      return Set.of();
    }
  }

  int facts() {
    return rows.size() - 1;
  }

  /** Positions that are missing or taken twice. */
  List<String> gaps() {
    List<String> faults = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).position() != rows.get(i - 1).position() + 1) {
        faults.add(
            "position %d follows %d".formatted(rows.get(i).position(), rows.get(i - 1).position()));
      }
    }
    return faults;
  }

  /** Cheques that more than one slip wanted. */
  int contested() {
    Map<Serial, Integer> wanted = new HashMap<>();
    for (Row row : rows) {
      if (row.fact() instanceof SlipJudged slip) {
        slip.lines()
            .forEach(
                line -> line.cheque().ifPresent(cheque -> wanted.merge(cheque, 1, Integer::sum)));
      }
    }
    return (int) wanted.values().stream().filter(slips -> slips > 1).count();
  }

  /** Position and letters of each slip, by its reference. */
  Map<String, String> slips() {
    Map<String, String> slips = new HashMap<>();
    for (Row row : rows) {
      if (row.fact() instanceof SlipJudged slip) {
        slips.put(slip.reference().value(), row.position() + " " + Slips.letters(slip));
      }
    }
    return slips;
  }

  long owedCents() {
    return rows.stream()
        .mapToLong(row -> row.fact() instanceof SlipJudged slip ? slip.acceptedCents() : 0)
        .sum();
  }

  /** What contradicts the rules in the ledger's order, or what clients were told. */
  List<String> against(List<Call> calls) {
    List<String> faults = new ArrayList<>(faults());
    Map<Long, Fact> facts = new TreeMap<>();
    rows.forEach(row -> facts.put(row.position(), row.fact()));
    calls.stream()
        .filter(call -> call.isNew() || call.isAgain())
        .forEach(call -> asTold(call, facts.get(call.position()), faults));
    outOfTurn(calls, faults);
    return faults;
  }

  /** What contradicts the rules in the ledger's own order. */
  List<String> faults() {
    List<String> faults = new ArrayList<>(gaps());
    Map<Serial, Long> spentBy = new HashMap<>();
    Map<String, Long> slips = new HashMap<>();
    Set<Long> withdrawn = new HashSet<>();
    for (Row row : rows) {
      switch (row.fact()) {
        case SlipJudged slip -> {
          if (slips.put(slip.reference().value(), row.position()) != null) {
            faults.add("slip %s is recorded twice".formatted(slip.reference()));
          }
          judge(slip, row.position(), spentBy, faults);
        }
        case SlipWithdrawn w -> {
          if (!withdrawn.add(w.slip())) {
            faults.add("slip %s is withdrawn twice".formatted(w.reference()));
          }
          long takenBack = w.owed().stream().mapToLong(SlipJudged.SpentCents::cents).sum();
          if (takenBack != (long) w.cheques().size() * FACE_VALUE_CENTS) {
            faults.add(
                "the withdrawal of slip %s takes %d cents back for %d cheques"
                    .formatted(w.reference(), takenBack, w.cheques().size()));
          }
          for (Serial cheque : w.cheques()) {
            if (!spentBy.remove(cheque, w.slip())) {
              faults.add(
                  "the withdrawal of slip %s releases cheque %s, which it did not redeem"
                      .formatted(w.reference(), cheque));
            }
          }
        }
        default -> {}
      }
    }
    return faults;
  }

  private static void judge(
      SlipJudged slip, long position, Map<Serial, Long> spentBy, List<String> faults) {
    int accepted = 0;
    for (SlipJudged.Line line : slip.lines()) {
      if (line.cheque().isEmpty()) {
        continue;
      }
      Serial cheque = line.cheque().get();
      Verdict right = spentBy.containsKey(cheque) ? Verdict.ALREADY_REDEEMED : Verdict.ACCEPTED;
      if (line.verdict() != right) {
        faults.add(
            "slip %s at %d records %s of cheque %s, which was %s"
                .formatted(slip.reference(), position, line.verdict(), cheque, right));
      }
      if (line.verdict() == Verdict.ACCEPTED) {
        spentBy.put(cheque, position);
        accepted++;
      }
    }
    if (slip.acceptedCents() != (long) accepted * FACE_VALUE_CENTS) {
      faults.add(
          "slip %s at %d owes %d cents for %d cheques"
              .formatted(slip.reference(), position, slip.acceptedCents(), accepted));
    }
  }

  private static void asTold(Call call, @Nullable Fact fact, List<String> faults) {
    String recorded =
        switch (fact) {
          case SlipJudged slip when call.kind() == Call.Kind.SUBMIT ->
              slip.reference() + " " + Slips.letters(slip);
          case SlipWithdrawn w when call.kind() == Call.Kind.WITHDRAW ->
              w.reference() + " " + Slips.letters(w, call.cheques());
          case null, default -> "nothing of it";
        };
    String told = call.slip() + call.recorded().substring(call.recorded().indexOf(' '));
    if (!recorded.equals(told)) {
      faults.add("%s was told, %s is recorded at %d".formatted(told, recorded, call.position()));
    }
  }

  /** A call that had ended before another began stands before it. */
  private static void outOfTurn(List<Call> calls, List<String> faults) {
    List<Call> fresh =
        calls.stream()
            .filter(Call::isNew)
            .sorted(Comparator.comparingLong(Call::position).reversed())
            .toList();
    long ended = Call.NEVER;
    for (Call call : fresh) {
      if (ended < call.invoked()) {
        faults.add(
            "slip %s stands at %d, before one that had been answered when it was sent"
                .formatted(call.slip(), call.position()));
      }
      ended = Math.min(ended, call.answered());
    }
  }
}
