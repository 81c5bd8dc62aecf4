import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Delivers one event with HttpClient and a scheduled executor: 30 s limit, retries after 5 and 10 minutes. */
public final class RetryDispatcher {
    private static final long[] PAUSES_IN_SECONDS = {300, 600};

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final HttpRequest request;

    private RetryDispatcher(URI url) {
        request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString("{\"id\":\"evt_1\"}"))
                .build();
    }

    private void attempt(int failures) {
        long started = System.nanoTime();
        String outcome = outcome();
        System.out.printf("%s after %.3f s%n", outcome, (System.nanoTime() - started) / 1e9);
        if (outcome.equals("200") || failures == PAUSES_IN_SECONDS.length) {
            finished.countDown();
        } else {
            scheduler.schedule(() -> attempt(failures + 1), PAUSES_IN_SECONDS[failures], TimeUnit.SECONDS);
        }
    }

    private String outcome() {
        try {
            return String.valueOf(client.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException failure) {
            return failure.getClass().getSimpleName();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        RetryDispatcher dispatcher = new RetryDispatcher(URI.create(System.getenv("HOOK_URL")));
        dispatcher.scheduler.execute(() -> dispatcher.attempt(0));
        dispatcher.finished.await();
        dispatcher.scheduler.shutdown();
    }
}
