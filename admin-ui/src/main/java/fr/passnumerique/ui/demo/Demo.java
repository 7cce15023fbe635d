package fr.passnumerique.ui.demo;

import static java.util.Objects.requireNonNull;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.ledger.PostgresLedgerReader;
import fr.passnumerique.clearing.territory.Paris;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;

/** The profile {@code demo}. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
public class Demo {
  private static final Logger LOG = LoggerFactory.getLogger("demo");

  /**
   * On an empty ledger time starts months ago; on one that has facts, where they end. It is the
   * system's once the demo has been played out. On a ledger that the demo did not begin nothing
   * starts: the clock is what all the rest waits for.
   */
  @Bean
  DemoClock clock(@Qualifier("reader") DataSource reader, FactCatalogue catalogue) {
    PostgresLedgerReader ledger = new PostgresLedgerReader(reader, catalogue);
    DemoBeginning.require(ledger, Paris.dayOf(Instant.now()));
    long head = ledger.head();
    return new DemoClock(
        head == 0
            ? startOf(firstDay(ledger))
            : ledger.readRows(head - 1, 1).getFirst().recordedAt());
  }

  private static Instant startOf(LocalDate day) {
    return day.atTime(LocalTime.of(8, 0)).atZone(Paris.ZONE).toInstant();
  }

  /** The day on which the story began, or would begin now. */
  private static LocalDate firstDay(LedgerReader ledger) {
    List<LedgerRow> rows = ledger.readRows(0, 1);
    return rows.isEmpty()
        ? Paris.dayOf(Instant.now()).minusDays(DemoProgramme.DAYS)
        : Paris.dayOf(rows.getFirst().recordedAt());
  }

  @Bean
  DemoProgress demoHealth() {
    return new DemoProgress();
  }

  @Bean
  Stage stage(
      Accounts accounts,
      Clock clock,
      ParisCalendar calendar,
      LedgerReader ledger,
      DemoProgress progress,
      @Value("${pass.data-directory}") Path directory,
      @Value("${pass.operator.iban}") String iban) {
    return new Stage(accounts, (DemoClock) clock, calendar, ledger, progress, directory, iban);
  }

  /** Plays once the application answers. */
  static final class Stage {
    private final Accounts accounts;
    private final DemoClock clock;
    private final ParisCalendar calendar;
    private final LedgerReader ledger;
    private final DemoProgress progress;
    private final Path directory;
    private final String iban;

    Stage(
        Accounts accounts,
        DemoClock clock,
        ParisCalendar calendar,
        LedgerReader ledger,
        DemoProgress progress,
        Path directory,
        String iban) {
      this.accounts = accounts;
      this.clock = clock;
      this.calendar = calendar;
      this.ledger = ledger;
      this.progress = progress;
      this.directory = directory;
      this.iban = iban;
    }

    @EventListener
    void play(ApplicationReadyEvent ready) {
      WebServerApplicationContext web = (WebServerApplicationContext) ready.getApplicationContext();
      int port = requireNonNull(web.getWebServer()).getPort();
      Thread.ofPlatform().name("demo").daemon().start(() -> play(port));
    }

    private void play(int port) {
      try {
        DemoAccounts people =
            DemoAccounts.readOrCreate(
                directory.resolve("demo-accounts.json"), accounts, DemoProgramme.accountsWanted());
        LOG.info("Comptes de la démonstration : {}", people.file());
        ledger.awaitBeyond(0, Duration.ofSeconds(30));
        LocalDate first = firstDay(ledger);
        if (!isPlayedOut(first)) {
          DemoDesk desk =
              new DemoDesk(
                  new DemoApi(port), people, clock, calendar, progress, first, DemoProgramme.DAYS);
          new DemoProgramme(desk, ledger, iban).play();
        }
        clock.endOfDemo();
        calendar.openToday();
        progress.finished();
        tellWhereToLook(port, people);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        progress.failed(e);
      }
    }

    /** The day after the story's last is the first fact that is recorded when it is over. */
    private boolean isPlayedOut(LocalDate first) {
      long head = ledger.head();
      return head > 0
          && !ledger
              .readRows(head - 1, 1)
              .getFirst()
              .recordedAt()
              .isBefore(Paris.startOf(first.plusDays(DemoProgramme.DAYS)));
    }

    private static void tellWhereToLook(int port, DemoAccounts people) {
      LOG.info(
          """

          La démonstration est terminée.
            Tableau de bord    http://localhost:{}/
            Interface          http://localhost:{}/v3/api-docs
            Comptes et clés    {}
          Se connecter avec l'un des comptes du fichier : agent, auditeur, anct, bus-charente, ccas-ruffec …
          """,
          port,
          port,
          people.file());
    }
  }
}
