package fr.passnumerique.ui.todo;

import fr.passnumerique.clearing.worklist.WorklistQuery;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page of what waits, put together. */
@Configuration(proxyBeanMethods = false)
public class ToDoConfiguration {
  @Bean
  ToDoPage toDoPage(WorklistQuery worklist, Clock clock) {
    return new ToDoPage(worklist, clock);
  }
}
