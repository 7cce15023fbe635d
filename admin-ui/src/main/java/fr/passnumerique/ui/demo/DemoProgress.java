package fr.passnumerique.ui.demo;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** How far the demo is: told on the console, and to health as long as it plays. */
final class DemoProgress implements HealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger("demo");
  private static final int BAR = 24;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(Locale.FRENCH);

  private volatile int percent;
  private volatile String saying = "pas encore commencée";
  private volatile boolean finished;
  private volatile boolean failed;

  void at(int newPercent, LocalDate day, String what) {
    percent = newPercent;
    saying = DAY.format(day) + " : " + what;
    int full = percent * BAR / 100;
    LOG.info("[{}{}] {} %  {}", "█".repeat(full), "·".repeat(BAR - full), percent, saying);
  }

  void finished() {
    percent = 100;
    finished = true;
    saying = "terminée";
  }

  void failed(RuntimeException why) {
    failed = true;
    saying = "interrompue : " + why.getMessage();
    LOG.error("La démonstration s'est interrompue ; relancer l'application la reprend.", why);
  }

  @Override
  public Health health() {
    Health.Builder builder =
        finished ? Health.up() : failed ? Health.down() : Health.status(Status.OUT_OF_SERVICE);
    return builder.withDetail("percent", percent).withDetail("saying", saying).build();
  }
}
