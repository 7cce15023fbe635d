package fr.passnumerique.ui.work;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.ui.frame.Menu;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Long works and their page, put together. */
@Configuration(proxyBeanMethods = false)
public class WorkConfiguration {
  private static final int OF_EACH = 4;

  /** Of four megabytes at most each, or the eight of a file that is read. */
  private static final int OF_ALL = 12;

  /** One at a time: who waits for a work may not keep slips waiting. */
  @Bean
  Works works(Clock clock) {
    return new Works(
        OF_EACH,
        OF_ALL,
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("works").daemon().factory()),
        clock);
  }

  @Bean
  LargeFiles largeFiles(Works works) {
    return new LargeFiles(works);
  }

  @Bean
  WorksPage worksPage(Works works, Clock clock) {
    return new WorksPage(works, clock);
  }

  @Bean
  static Menu.Part workMenu() {
    return Menu.Part.of(
        Menu.Entry.of(Menu.Chapter.CHEQUES, WorksPage.PATH, "Travaux en cours", Role.CLERK));
  }
}
