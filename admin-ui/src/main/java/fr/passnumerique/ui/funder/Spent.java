package fr.passnumerique.ui.funder;

import fr.passnumerique.projections.accounts.Flows;
import fr.passnumerique.projections.accounts.FlowsQuery;
import fr.passnumerique.ui.chart.Path;
import fr.passnumerique.ui.chart.Path.Stop;
import fr.passnumerique.ui.chart.Sankey;
import fr.passnumerique.ui.chart.Sankey.Shape;
import fr.passnumerique.ui.chart.TileMap;
import fr.passnumerique.ui.words.French;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a funder's euros became: accepted cheques by département and venue, drawn twice and told in
 * the tables beside the drawings. In cents.
 *
 * @param legs what the bands show: the largest départements and venues, the others together
 * @param departements all of them, the largest first
 */
record Spent(
    Sankey wide,
    Sankey narrow,
    TileMap map,
    List<Leg> legs,
    List<OfDepartement> departements,
    long redeemedCents,
    long paidCents) {
  private static final int DEPARTEMENTS = 6;

  /** With the one for all others. */
  static final int VENUES = 8;

  /**
   * @param departement INSEE code; empty for several
   * @param venue empty for several
   */
  record Leg(
      String departement, String departementName, String venue, String venueName, long cents) {
    /** Whether it is of one département and one venue, whose postings can be opened. */
    public boolean opens() {
      return !departement.isEmpty() && !venue.isEmpty();
    }
  }

  record OfDepartement(String departement, long redeemedCents, long paidCents) {}

  static Spent of(FlowsQuery.Few shown) {
    Flows read = shown.flows();
    List<Path> paths =
        read.paths().stream()
            .filter(path -> path.redeemedCents() > 0)
            .map(
                path ->
                    new Path(
                        List.of(
                            new Stop(
                                path.funder(),
                                path.funderName().isEmpty() ? path.funder() : path.funderName()),
                            new Stop(
                                path.spendingDepartement(),
                                French.departement(path.spendingDepartement())),
                            venue(path, shown.others())),
                        path.redeemedCents()))
            .toList();
    List<Path> few = Path.few(paths, 1, DEPARTEMENTS, "autres départements (%d)"::formatted);
    Map<String, OfDepartement> departements = new TreeMap<>();
    for (Flows.Path path : read.paths()) {
      departements.merge(
          path.spendingDepartement(),
          new OfDepartement(path.spendingDepartement(), path.redeemedCents(), path.paidCents()),
          (one, other) ->
              new OfDepartement(
                  one.departement(),
                  one.redeemedCents() + other.redeemedCents(),
                  one.paidCents() + other.paidCents()));
    }
    return new Spent(
        Sankey.of(few, Shape.WIDE),
        Sankey.of(few, Shape.NARROW),
        TileMap.of(
            departements.values().stream()
                .collect(
                    Collectors.toMap(OfDepartement::departement, OfDepartement::redeemedCents))),
        legs(few),
        departements.values().stream()
            .sorted(
                Comparator.comparingLong(OfDepartement::redeemedCents)
                    .reversed()
                    .thenComparing(OfDepartement::departement))
            .toList(),
        read.redeemedCents(),
        read.paidCents());
  }

  private static Stop venue(Flows.Path path, int others) {
    if (path.venue().isEmpty()) {
      return new Stop("", "autres lieux (%d)".formatted(others), true);
    }
    // A sole trader's name is nobody's to read here.
    return new Stop(
        path.venue(), path.venueName().isEmpty() ? "Entrepreneur individuel" : path.venueName());
  }

  private static List<Leg> legs(List<Path> few) {
    Map<List<Stop>, Long> cents =
        few.stream()
            .collect(
                Collectors.groupingBy(
                    path -> path.stops().subList(1, 3),
                    LinkedHashMap::new,
                    Collectors.summingLong(Path::cents)));
    return cents.entrySet().stream()
        .map(
            of ->
                new Leg(
                    of.getKey().getFirst().id(),
                    of.getKey().getFirst().label(),
                    of.getKey().getLast().id(),
                    of.getKey().getLast().label(),
                    of.getValue()))
        .sorted(
            Comparator.comparing((Leg leg) -> !leg.opens())
                .thenComparing(Leg::cents, Comparator.reverseOrder())
                .thenComparing(Leg::departement)
                .thenComparing(Leg::venue))
        .toList();
  }

  public boolean isEmpty() {
    return legs.isEmpty();
  }
}
