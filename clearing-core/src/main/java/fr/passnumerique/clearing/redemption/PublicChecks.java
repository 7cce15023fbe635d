package fr.passnumerique.clearing.redemption;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one client may check codes without an account: a check part has 30 bits, and nobody
 * should try them all here. By address; of IPv6 by the /64, which one household has whole.
 */
final class PublicChecks {
  private static final int REMEMBERED = 100_000;
  private static final int PREFIX_BYTES = 8;

  private final int perMinute;
  private final TimeMeter time;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param perMinute checks that one client may make at once, and again in each minute
   */
  PublicChecks(int perMinute, TimeMeter time) {
    this.perMinute = perMinute;
    this.time = time;
  }

  /**
   * @param address of the client
   * @return zero if it may check now, else how long to wait
   */
  synchronized Duration admit(String address) {
    ConsumptionProbe probe =
        buckets.computeIfAbsent(client(address), _ -> bucket()).tryConsumeAndReturnRemaining(1);
    return Duration.ofNanos(probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill());
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .withCustomTimePrecision(time)
        .build();
  }

  private static String client(String address) {
    try {
      // A numeric address is read without asking anybody.
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? Arrays.toString(Arrays.copyOf(six.getAddress(), PREFIX_BYTES))
          : address;
    } catch (IllegalArgumentException _) {
      return address;
    }
  }
}
