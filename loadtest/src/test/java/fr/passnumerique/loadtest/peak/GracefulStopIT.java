package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Stage.Through;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application told to stop (SIGTERM) while slips arrive, as a supervisor does. */
class GracefulStopIT {
  private static final int CLIENTS = 8;
  private static final int STOPPED_AFTER = 40;

  @TempDir private Path directory;

  /** What was answered, to slips by number; the rest was answered by nobody. */
  private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();

  private final Set<Integer> strange = new ConcurrentSkipListSet<>();

  @Test
  void whatIsTakenIsAnsweredAndWhatIsAnsweredIsRecorded() throws Exception {
    Path home = Files.createDirectory(directory.resolve("stage")).toRealPath();
    try (Stage stage =
        Stage.open(
            home,
            1,
            new Plan.Size(CLIENTS, List.of(Shape.of(1_500, 20))),
            List.of(Through.bus),
            Rival.strongest(),
            Map.of(),
            (format, values) -> {})) {
      Course course = stage.course(Through.bus);
      // Another node would be elected, and the application would stand by.
      course.way().close();
      SlipRequests requests = stage.requests(Through.bus);
      List<List<Slip>> slips = stage.plan().rounds().getFirst().byClient();
      int exit;
      try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
          ApplicationProcess application =
              stage.application(
                  Through.bus, ApplicationProcess.command(ApplicationProcess.APPLICATION));
          ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
        application.awaitHealth(http);
        List<Future<?>> presenting = new ArrayList<>();
        for (List<Slip> own : slips) {
          presenting.add(
              clients.submit(
                  () -> {
                    present(own, requests, http, application);
                    return 0;
                  }));
        }
        while (acknowledged.size() < STOPPED_AFTER) {
          application.requireStarting(Long.MAX_VALUE);
          Thread.sleep(1);
        }
        exit = application.stop(Duration.ofSeconds(60));
        for (Future<?> client : presenting) {
          client.get();
        }
      }

      assertThat(exit).as("ended by itself, as it was told to").isEqualTo(128 + 15);
      assertThat(strange).as("answered otherwise than 200, 201, 429 or 503").isEmpty();
      assertThat(acknowledged.size()).as("it was stopped amidst slips").isLessThan(1_400);
      assertThat(recorded(stage)).as("what is recorded was answered").isEqualTo(names(stage));
    }
  }

  private void present(
      List<Slip> own, SlipRequests requests, HttpClient http, ApplicationProcess application)
      throws InterruptedException {
    for (Slip slip : own) {
      HttpRequest request = requests.of(application.root(), slip, Duration.ofMinutes(1));
      try {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        switch (response.statusCode()) {
          case 200, 201 -> acknowledged.add(slip.number());
          case 429, 503 -> {
            return;
          }
          default -> strange.add(slip.number());
        }
      } catch (IOException e) {
        // Nobody listens any more.
        return;
      }
    }
  }

  private Set<String> names(Stage stage) {
    Set<String> names = new TreeSet<>();
    stage
        .plan()
        .rounds()
        .getFirst()
        .all()
        .filter(slip -> acknowledged.contains(slip.number()))
        .forEach(
            slip -> names.add(stage.plan().venues().get(slip.venue()) + " " + slip.reference()));
    return names;
  }

  private static Set<String> recorded(Stage stage) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (Connection connection = stage.server().superuser(Through.bus.name()).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select payload::jsonb ->> 'venue', payload::jsonb ->> 'reference'
                  from ledger.event where type = 'SlipJudged'
                """)) {
      while (rows.next()) {
        names.add(rows.getString(1) + " " + rows.getString(2));
      }
    }
    return names;
  }
}
