package fr.passnumerique.ui.upkeep;

import fr.passnumerique.clearing.upkeep.DifferingSum;
import fr.passnumerique.clearing.upkeep.RebuildDifferences;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.upkeep.Stops;
import fr.passnumerique.projections.upkeep.Lags;
import fr.passnumerique.projections.upkeep.ProjectionLag;
import fr.passnumerique.projections.upkeep.Rebuild;
import fr.passnumerique.projections.upkeep.Rebuilds;
import fr.passnumerique.projections.upkeep.Rebuilds.Difference;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells those who decide about the projections how these stand: neither knows the other. */
final class StopsOfProjections implements Stops {
  private final Lags lags;
  private final Rebuilds rebuilds;

  StopsOfProjections(Lags lags, Rebuilds rebuilds) {
    this.lags = lags;
    this.rebuilds = rebuilds;
  }

  @Override
  public Map<String, Set<Long>> all() {
    return lags.read().stream()
        .collect(Collectors.toMap(ProjectionLag::projection, StopsOfProjections::stops));
  }

  private static Set<Long> stops(ProjectionLag lag) {
    Set<Long> stops = new TreeSet<>();
    if (lag.stopped() != null) {
      stops.add(lag.stopped().position());
    }
    if (lag.rebuild() != null && lag.rebuild().stoppedAt() > 0) {
      stops.add(lag.rebuild().stoppedAt());
    }
    return stops;
  }

  @Override
  public List<Differing> differing() {
    return rebuilds.differing().stream()
        .map(
            rebuild ->
                new Differing(new RebuildId(rebuild.id()), rebuild.digest(), rebuild.askedAt()))
        .toList();
  }

  @Override
  public Optional<RebuildDifferences> differences(RebuildId id) {
    return rebuilds
        .find(id.value())
        .filter(rebuild -> rebuild.state() == Rebuild.State.DIFFERS)
        .map(
            rebuild ->
                new RebuildDifferences(
                    id,
                    rebuild.projection(),
                    rebuild.comparedPosition(),
                    rebuild.digest(),
                    rebuild.differences(),
                    rebuilds.differences(rebuild, RebuildDifferences.NAMED).stream()
                        .map(StopsOfProjections::differing)
                        .toList()));
  }

  private static DifferingSum differing(Difference d) {
    return new DifferingSum(
        d.source(),
        d.key(),
        number(d.before()),
        number(d.after()),
        Optional.ofNullable(d.position()),
        d.what().isEmpty() ? Optional.empty() : Optional.of(d.what()),
        text(d.before(), d.textBefore()),
        text(d.after(), d.textAfter()));
  }

  private static Optional<Long> number(@Nullable BigDecimal number) {
    return number == null || !fits(number) ? Optional.empty() : Optional.of(number.longValue());
  }

  /** A checksum of many rows may be longer than a number of the ledger: it is told as a text. */
  private static Optional<String> text(@Nullable BigDecimal number, @Nullable String text) {
    return number == null || fits(number)
        ? Optional.ofNullable(text)
        : Optional.of(number.toPlainString());
  }

  private static boolean fits(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0 && number.toBigInteger().bitLength() <= 63;
  }
}
