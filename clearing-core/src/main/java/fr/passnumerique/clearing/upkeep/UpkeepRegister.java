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
  private final Map<RebuildId, Recorded> differences = new HashMap<>();

  private record Place(String projection, long position) {}

  /** The last fact about it. */
  record Recorded(Fact fact, long position, Instant at) {}

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    Recorded recorded = new Recorded(fact, position, recordedAt);
    switch (fact) {
      case SettingAsideProposed f ->
          settingsAside.put(new Place(f.projection(), f.position()), recorded);
      case FactSetAside f -> settingsAside.put(new Place(f.projection(), f.position()), recorded);
      case SettingAsideLiftingProposed f ->
          settingsAside.put(new Place(f.projection(), f.position()), recorded);
      case SettingAsideLifted f ->
          settingsAside.put(new Place(f.projection(), f.position()), recorded);
      case RebuildDifferencesProposed f -> differences.put(f.differences().rebuild(), recorded);
      case RebuildDifferencesAccepted f -> differences.put(f.differences().rebuild(), recorded);
      default -> {}
    }
  }

  /** Null if nobody asked. */
  @Nullable Recorded settingAside(String projection, long position) {
    return settingsAside.get(new Place(projection, position));
  }

  /** What one person proposed and no second one has confirmed. */
  List<SettingsAsideWaiting.Waiting> proposed() {
    List<SettingsAsideWaiting.Waiting> found = new ArrayList<>();
    settingsAside.forEach(
        (place, last) -> {
          switch (last.fact()) {
            case SettingAsideProposed f -> found.add(waiting(place, false, last.at(), f.by()));
            case SettingAsideLiftingProposed f ->
                found.add(waiting(place, true, last.at(), f.by()));
            default -> {}
          }
        });
    return found;
  }

  private static SettingsAsideWaiting.Waiting waiting(
      Place place, boolean lifts, Instant since, String by) {
    return new SettingsAsideWaiting.Waiting(place.projection(), place.position(), lifts, since, by);
  }

  /** Null if nobody found any right. */
  @Nullable Recorded differences(RebuildId rebuild) {
    return differences.get(rebuild);
  }
}
