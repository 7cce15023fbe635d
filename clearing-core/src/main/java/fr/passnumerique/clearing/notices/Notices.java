package fr.passnumerique.clearing.notices;

import fr.passnumerique.clearing.funding.CeilingThresholds;
import fr.passnumerique.clearing.ledger.ReadLock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Notices {
  /**
   * @param thresholds {@code pass.budget.thresholds}, those of budgets
   */
  @Bean
  static NoticeRegister noticeRegister(@Value(CeilingThresholds.SETTING) String thresholds) {
    return new NoticeRegister(thresholds);
  }

  @Bean
  NoticeQuery noticeQuery(
      NoticeRegister register, @Qualifier("ledger") DataSource dataSource, ReadLock registers) {
    return new NoticeQuery(register, new SeenNotices(dataSource), registers);
  }

  @Bean
  NoticeEndpoint noticeEndpoint(NoticeQuery query) {
    return new NoticeEndpoint(query);
  }
}
