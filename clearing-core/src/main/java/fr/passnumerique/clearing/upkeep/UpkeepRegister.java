package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was proposed about the projections, and what two people decided. */
final class UpkeepRegister implements Register {
  private final Map<Place, Recorded> settingsAside = new HashMap<>();
  private final Map<Place, Recorded> liftings = new HashMap<>();

  /** The last lifting of a fact's setting aside, by projection and fact. */
  private final Map<Place, Long> liftedAt = new HashMap<>();

  private final Map<RebuildId, Recorded> differences = new HashMap<>();

  /**
   * @param liftedAt as of {@link SetFactAside}
   */
  private record Place(String projection, long position, long liftedAt) {}

  /** The last fact about it. */
  record Recorded(Fact fact, long position, Instant at) {}

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    Recorded recorded = new Recorded(fact, position, recordedAt);
    switch (fact) {
      case SettingAsideProposed f ->
          settingsAside.put(place(f.projection(), f.position()), recorded);
      case FactSetAside f -> settingsAside.put(place(f.projection(), f.position()), recorded);
      case SettingAsideLiftingProposed f ->
          liftings.put(place(f.projection(), f.position()), recorded);
      case SettingAsideLifted f -> {
        liftings.put(place(f.projection(), f.position()), recorded);
        liftedAt.put(new Place(f.projection(), f.position(), 0), position);
      }
      case RebuildDifferencesProposed f -> differences.put(f.differences().rebuild(), recorded);
      case RebuildDifferencesAccepted f -> differences.put(f.differences().rebuild(), recorded);
      default -> {}
    }
  }

  private Place place(String projection, long position) {
    return new Place(projection, position, liftedAt(projection, position));
  }

  /** Position of the fact by which it was taken back last; 0 if it never was. */
  long liftedAt(String projection, long position) {
    return liftedAt.getOrDefault(new Place(projection, position, 0), 0L);
  }

  /**
   * That it is proposed or decided to be passed over; null if nobody asked.
   *
   * @param liftedAt as of {@link SetFactAside}
   */
  @Nullable Recorded settingAside(String projection, long position, long liftedAt) {
    return settingsAside.get(new Place(projection, position, liftedAt));
  }

  /** That it is proposed or decided to take that back, likewise. */
  @Nullable Recorded lifting(String projection, long position, long liftedAt) {
    return liftings.get(new Place(projection, position, liftedAt));
  }

  /** What one person proposed and no second one has confirmed. */
  List<SettingsAsideWaiting.Waiting> proposed() {
    List<SettingsAsideWaiting.Waiting> found = new ArrayList<>();
    settingsAside.forEach(
        (place, last) -> {
          if (last.fact() instanceof SettingAsideProposed f) {
            found.add(waiting(place, false, last.at(), f.by()));
          }
        });
    liftings.forEach(
        (place, last) -> {
          if (last.fact() instanceof SettingAsideLiftingProposed f) {
            found.add(waiting(place, true, last.at(), f.by()));
          }
        });
    return found;
  }

  private static SettingsAsideWaiting.Waiting waiting(
      Place place, boolean lifts, Instant since, String by) {
    return new SettingsAsideWaiting.Waiting(
        place.projection(), place.position(), lifts, place.liftedAt(), since, by);
  }

  /** Null if nobody found any right. */
  @Nullable Recorded differences(RebuildId rebuild) {
    return differences.get(rebuild);
  }
}
