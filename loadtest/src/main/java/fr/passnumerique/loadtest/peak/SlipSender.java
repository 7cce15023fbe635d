package fr.passnumerique.loadtest.peak;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Presents slips over HTTP: the thread that sends waits for the answer, on a connection that is
 * kept. Sends nothing twice.
 *
 * <p>The road not taken: Java's own client hands each request to threads of its own and back. On
 * the processors that the application works on too that was most of what a request cost its sender.
 */
public final class SlipSender implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SlipRequests requests;
  private final HttpHost host;
  private final MinimalHttpClient http;

  /**
   * @param retryAfter as it was sent
   */
  public record Reply(int status, byte[] body, Optional<String> retryAfter) {}

  /**
   * @param connections that are open at once, at most
   */
  public SlipSender(URI root, SlipRequests requests, int connections) {
    this.requests = requests;
    host = HttpHost.create(root);
    PoolingHttpClientConnectionManager pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(connections)
            .setMaxConnPerRoute(connections)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setSocketTimeout(Timeout.of(PATIENCE)).build())
            .build();
    http = HttpClients.createMinimal(pool);
  }

  /**
   * @param json the slip's, made before
   */
  public Reply send(Slip slip, byte[] json) throws IOException {
    HttpPost post = new HttpPost(requests.path(slip));
    post.setHeader("Authorization", requests.authorization(slip));
    post.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
    return http.execute(host, post, SlipSender::reply);
  }

  private static Reply reply(ClassicHttpResponse response) throws IOException {
    HttpEntity body = response.getEntity();
    return new Reply(
        response.getCode(),
        body == null ? new byte[0] : EntityUtils.toByteArray(body),
        Optional.ofNullable(response.getFirstHeader("Retry-After")).map(Header::getValue));
  }

  @Override
  public void close() {
    http.close(CloseMode.GRACEFUL);
  }
}
