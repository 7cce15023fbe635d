package fr.passnumerique.ui.ledger;

import fr.passnumerique.projections.accounts.Reconciliation;
import fr.passnumerique.projections.accounts.Reconciliation.AtStage;
import fr.passnumerique.projections.accounts.Reconciliation.Difference;
import fr.passnumerique.projections.accounts.Reconciliation.Line;
import fr.passnumerique.projections.accounts.Reconciliation.OfFunder;
import fr.passnumerique.ui.figures.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The co-financing of an agreement, a column for each funder and one for all, in cents.
 *
 * @param columns names of the funders
 * @param explained whether each difference is the sum of its lines
 */
record ReconciliationSheet(
    Situation situation,
    String agreement,
    List<String> columns,
    List<Row> stages,
    List<Group> differences,
    Group held,
    boolean explained) {

  /**
   * @param cents of each funder, and of all
   */
  record Row(String label, List<Long> cents) {
    boolean isNothing() {
      return cents.stream().allMatch(amount -> amount == 0);
    }
  }

  /**
   * What a sum is made of.
   *
   * @param lines those that are nothing for all are left out
   * @param unexplained of the sum, 0 or a figure is wrong
   */
  record Group(Row sum, List<Row> lines, Row unexplained) {
    public boolean explained() {
      return unexplained.isNothing();
    }
  }

  static ReconciliationSheet of(Reconciliation read, Situation situation) {
    List<OfFunder> all = Stream.concat(read.funders().stream(), Stream.of(read.total())).toList();
    List<AtStage> stages = read.total().stages();
    List<Difference> between = read.total().differences();
    List<Group> differences = new ArrayList<>();
    for (int i = 0; i < between.size(); i++) {
      int at = i;
      differences.add(
          group(
              stages.get(i).label() + " → " + stages.get(i + 1).label(),
              all,
              of -> of.differences().get(at).cents(),
              of -> of.differences().get(at).lines(),
              of -> of.differences().get(at).unexplainedCents()));
    }
    Group held =
        group(
            "Sur le compte cantonné",
            all,
            of -> of.held().bankCents(),
            of -> of.held().lines(),
            of -> of.held().unexplainedCents());
    return new ReconciliationSheet(
        situation,
        read.agreement(),
        read.funders().stream().map(of -> of.name().isEmpty() ? of.funder() : of.name()).toList(),
        IntStream.range(0, stages.size())
            .mapToObj(i -> row(stages.get(i).label(), all, of -> of.stages().get(i).cents()))
            .toList(),
        differences,
        held,
        held.explained() && differences.stream().allMatch(Group::explained));
  }

  private static Group group(
      String label,
      List<OfFunder> all,
      ToLongFunction<OfFunder> sum,
      Function<OfFunder, List<Line>> lines,
      ToLongFunction<OfFunder> unexplained) {
    List<Line> named = lines.apply(all.getLast());
    return new Group(
        row(label, all, sum),
        IntStream.range(0, named.size())
            .mapToObj(i -> row(named.get(i).label(), all, of -> lines.apply(of).get(i).cents()))
            .filter(row -> !row.isNothing())
            .toList(),
        row("Inexpliqué", all, unexplained));
  }

  private static Row row(String label, List<OfFunder> all, ToLongFunction<OfFunder> cents) {
    return new Row(label, all.stream().map(of -> cents.applyAsLong(of)).toList());
  }
}
