package fr.passnumerique.projections.labels;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.TestLedger;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** A label register that follows a ledger. */
public final class Registered implements AutoCloseable {
  private final TestDatabase database = TestDatabase.fresh();
  private final TestLedger ledger;
  private final Following following;
  private final LabelRegister register = new LabelRegister(database.reader());

  public Registered() throws InterruptedException {
    ledger = TestLedger.on(database);
    following = Following.directly(database, ledger, new LabelsProjection());
  }

  public long record(List<Fact> facts) {
    return ledger.record(facts);
  }

  LabelRegister register() {
    return register;
  }

  LabelRegisterEndpoint endpoint(Clock clock) {
    return new LabelRegisterEndpoint(register, database.reader(), following.runners(), clock);
  }

  OrganisationsEndpoint organisations() {
    return new OrganisationsEndpoint(
        new Organisations(database.reader()),
        database.reader(),
        following.runners(),
        Clock.systemUTC());
  }

  /** The export of one source on a day. */
  public String export(LocalDate day, String source) {
    return String.valueOf(
        endpoint(Clock.systemUTC()).exportLabelRegister(day, null, null, source, null).getBody());
  }

  /** Points of service that stand so on a day, as the head has it. */
  List<String> points(LocalDate day, LabelState state) {
    return endpoint(Clock.systemUTC())
        .readLabelRegister(null, day, null, null, state, null, null, 100, null)
        .venues()
        .stream()
        .flatMap(venue -> venue.pointsOfService().stream())
        .map(LabelRegister.Point::id)
        .toList();
  }

  @Override
  public void close() {
    following.close();
    ledger.close();
    database.close();
  }
}
