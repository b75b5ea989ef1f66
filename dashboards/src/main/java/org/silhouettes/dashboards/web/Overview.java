package org.silhouettes.dashboards.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.silhouettes.dashboards.feed.FlinkMonitor;
import org.silhouettes.dashboards.feed.KafkaFeed;
import org.silhouettes.dashboards.feed.KafkaMonitor;
import org.silhouettes.dashboards.feed.RejectedLog;
import org.silhouettes.dashboards.history.ModelHistory;
import org.silhouettes.dashboards.history.Models;
import org.silhouettes.dashboards.settings.DashboardSettings;

/** The dashboard as a whole, as JSON: its status, its models in brief, the rejects, its health. */
final class Overview {

    private final DashboardSettings settings;
    private final Models models;
    private final KafkaFeed feed;
    private final IntSupplier clients;
    private final Clock clock;
    private final String boot = UUID.randomUUID().toString();

    /** @param clients how many pages watch */
    Overview(DashboardSettings settings, Models models, KafkaFeed feed, IntSupplier clients, Clock clock) {
        this.settings = settings;
        this.models = models;
        this.feed = feed;
        this.clients = clients;
        this.clock = clock;
    }

    Collection<ModelHistory> histories() {
        return models.all();
    }

    /** What a model's line in the list and its counters show. */
    ObjectNode summary(ModelHistory model) {
        return ModelJson.summary(model, feed.rejected());
    }

    /** The status, and every model in a kilobyte or two. */
    ObjectNode models() {
        ObjectNode json = Json.object();
        json.set("status", status());
        ArrayNode all = json.putArray("models");
        for (ModelHistory model : models.all()) {
            all.add(summary(model));
        }
        return json;
    }

    private Status currentStatus() {
        return Status.of(new Status.Facts(
                clock.millis(),
                feed.progress(),
                !models.all().isEmpty(),
                feed.heardAtMillis(),
                feed.kafka(),
                feed.flink(),
                feed.failure(),
                feed.refusal(),
                settings.kafka().bootstrapServers()));
    }

    /** How the feed, Kafka and the job are, and what this process holds. */
    ObjectNode status() {
        Status status = currentStatus();
        ObjectNode json = Json.object();
        json.put("boot", boot);
        json.put("state", status.state());
        json.put("text", status.text());
        json.put("nowMillis", clock.millis());
        json.put("heardAtMillis", feed.heardAtMillis());
        json.put("progress", feed.progress());
        json.put("kafka", feed.kafka().reachable());
        json.put("lag", feed.kafka().lag());
        feed.kafka().trouble().ifPresent(trouble -> json.put("kafkaTrouble", trouble));
        feed.kafka().held().ifPresent(held -> {
            ObjectNode transaction = json.putObject("blocked");
            transaction.put("records", held.records());
            transaction.put("sinceMillis", held.sinceMillis());
            transaction.put("transactionalId", held.transactionalId());
        });
        json.put("committedAtMillis", feed.kafka().committedAtMillis());
        json.put("rejected", feed.rejected().count());
        json.put("unreadable", feed.unreadable());
        json.put("historyBytes", models.bytes());
        json.put("historyBound", settings.historyBytes());
        json.put("droppedModels", models.dropped());
        json.put("clients", clients.getAsInt());
        feed.flink().map(FlinkMonitor.Reading::state).ifPresent(state -> {
            FlinkMonitor.Reading flink = feed.flink().get();
            ObjectNode job = json.putObject("job");
            job.put("state", state);
            job.put("startedAtMillis", flink.startedAtMillis());
            job.put("checkpointAtMillis", flink.checkpointAtMillis());
            job.put("checkpointBytes", flink.checkpointBytes());
            job.put("checkpointMillis", flink.checkpointMillis());
            job.put("failedCheckpoints", flink.failedCheckpoints());
            job.put("failedAtMillis", flink.failedAtMillis());
            job.put("restored", flink.restored());
        });
        return json;
    }

    /** The newest rejects, with their reasons. */
    ObjectNode rejected() {
        ObjectNode json = Json.object();
        json.put("count", feed.rejected().count());
        ArrayNode newest = json.putArray("newest");
        for (RejectedLog.Rejected one : feed.rejected().newest()) {
            ObjectNode row = newest.addObject();
            row.put("model", one.model());
            row.put("reason", one.reason());
            row.put("topic", one.topic());
            row.put("partition", one.partition());
            row.put("offset", one.offset());
            row.put("bytes", one.bytes());
            row.put("atMillis", one.atMillis());
        }
        return json;
    }

    /** 200 where Kafka answers and all readers run, else 503 with the reason. */
    void health(Context ctx) {
        KafkaMonitor.Reading kafka = feed.kafka();
        boolean well =
                kafka.reachable() && feed.failure().isEmpty() && feed.refusal().isEmpty();
        ObjectNode json = Json.object();
        json.put("status", well ? "up" : "down");
        json.put("kafka", kafka.reachable());
        if (!well) {
            json.put("reason", currentStatus().text());
        }
        ctx.status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
        ModelRoutes.json(ctx, json);
    }
}
