package fr.passnumerique.ui.denial;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.LedgerReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Notes what is read for a funder, a venue or a prescriber where no rows are secured. */
@TestConfiguration(proxyBeanMethods = false)
public class Overheard {
  /** By whom, and from which table. */
  static final Set<String> UNSECURED = new ConcurrentSkipListSet<>();

  /** The same where they are. */
  static final Set<String> SECURED = new ConcurrentSkipListSet<>();

  private static final Pattern TABLE =
      Pattern.compile("\\b(?:from|join)\\s+((?:ledger|access|vault|projections)\\.\\w+)");

  @Bean
  static BeanPostProcessor overhearing() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool && name.endsWith("DataSource")
            ? new Listening(pool, name.replace("DataSource", ""))
            : bean;
      }
    };
  }

  private static final class Listening extends DelegatingDataSource {
    private final String pool;

    Listening(DataSource dataSource, String pool) {
      super(dataSource);
      this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      AtomicBoolean secured = new AtomicBoolean();
      return (Connection)
          Proxy.newProxyInstance(
              Overheard.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, arguments) -> {
                if (method.getName().equals("prepareStatement") && isForAnOwner()) {
                  note((String) arguments[0], secured);
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    private void note(String sql, AtomicBoolean secured) {
      if (sql.contains("set_config('role'")) {
        secured.set(sql.contains("pass.funder"));
      }
      Matcher table = TABLE.matcher(sql);
      while (table.find()) {
        boolean facts = table.group(1).equals("ledger.event") && sql.contains("payload");
        (secured.get() ? SECURED : UNSECURED)
            .add(pool + " " + table.group(1) + (facts ? " by " + asking() : ""));
      }
    }
  }

  /** Whoever wants to know facts, which all are in one table. */
  private static String asking() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getDeclaringClass)
                    .filter(type -> type.getName().startsWith("fr.passnumerique."))
                    .filter(
                        type ->
                            !type.getPackage().equals(LedgerReader.class.getPackage())
                                && !type.getPackage().equals(Overheard.class.getPackage())
                                && !type.getName().contains("$"))
                    .findFirst()
                    .map(Class::getSimpleName)
                    .orElse("nobody"));
  }

  private static boolean isForAnOwner() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who != null && who.getPrincipal() instanceof Actor actor && actor.role().hasSubject();
  }
}
