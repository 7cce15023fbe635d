package fr.passnumerique.ui;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** All roles in one process. Nothing is scanned: what runs is what is imported here. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
public class ClearingApplication {
  public static void main(String[] args) {
    SpringApplication.run(ClearingApplication.class, args);
  }
}
