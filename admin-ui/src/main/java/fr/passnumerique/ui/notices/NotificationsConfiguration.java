package fr.passnumerique.ui.notices;

import fr.passnumerique.clearing.notices.NoticeEndpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page of notifications, put together. */
@Configuration(proxyBeanMethods = false)
public class NotificationsConfiguration {
  @Bean
  NotificationsPage notificationsPage(NoticeEndpoint notices) {
    return new NotificationsPage(notices);
  }
}
