package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.FileCheckKeys;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.loadtest.peak.Site.VenueList;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A ledger in which cheques are in people's hands and venues are labelled, for those who make slips
 * of their own.
 *
 * @param cheques that the rules accept at every place, on the day before {@code today}
 * @param places of venues with one place each
 */
public record HandedOutCheques(LocalDate today, List<ChequeCode> cheques, List<Place> places) {

  private static final int LINES = 50;
  private static final int SPARE = 200;

  public HandedOutCheques {
    cheques = List.copyOf(cheques);
    places = List.copyOf(places);
  }

  /**
   * Where and for what a cheque is given.
   *
   * @param service the first of the place's
   */
  public record Place(VenueId venue, PointOfServiceId pointOfService, String service) {}

  /**
   * @param database that does not exist yet
   * @param checkKeys directory of the keys that codes are derived from
   * @param atLeast cheques
   */
  public static HandedOutCheques prepare(
      Server server, String database, Path home, Path checkKeys, LocalDate today, int atLeast)
      throws SQLException, InterruptedException {
    List<VenueList> lists = VenueList.real();
    CheckKeys keys = FileCheckKeys.open(checkKeys, new Random(1));
    // One line in fifty is bad.
    Plan plan =
        Plan.make(
            1,
            today,
            Site.of(lists),
            new Plan.Size(1, 1, (atLeast + SPARE) / LINES + 1, LINES),
            keys);
    Map<String, String> properties = new HashMap<>(server.properties(database, home));
    properties.put("pass.check-keys-directory", checkKeys.toString());
    server.createDatabase(database);
    Preparation.run(plan, lists, properties);
    return new HandedOutCheques(today, cheques(plan), places(plan));
  }

  private static List<ChequeCode> cheques(Plan plan) {
    List<ChequeCode> codes = new ArrayList<>();
    for (Slip slip : plan.rounds().getFirst().byClient().getFirst()) {
      for (int i = 0; i < slip.lines(); i++) {
        if (slip.expected()[i] == Verdict.ACCEPTED) {
          codes.add(new ChequeCode(Serial.ofKey(slip.serials()[i]), slip.checkParts()[i]));
        }
      }
    }
    return codes;
  }

  private static List<Place> places(Plan plan) {
    Map<String, Place> first = new HashMap<>();
    for (Site site : plan.sites()) {
      first.putIfAbsent(
          site.venue(),
          new Place(
              new VenueId(site.venue()),
              new PointOfServiceId(site.pointOfService()),
              site.service()));
    }
    return plan.venues().stream().map(first::get).toList();
  }
}
