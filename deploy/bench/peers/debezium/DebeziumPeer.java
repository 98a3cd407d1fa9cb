// Debezium's embedded engine with its outbox event router, into Kafka by Kafka's own client.
// Of each batch everything is sent, then awaited, then marked; it says what the other peers say.
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import io.debezium.engine.format.KeyValueHeaderChangeEventFormat;
import io.debezium.engine.format.SimpleString;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

public class DebeziumPeer {
    static long done = 0;

    public static void main(String[] args) {
        KafkaProducer<String, String> producer = producer();
        DebeziumEngine.ChangeConsumer<ChangeEvent<String, String>> publish = (events, committer) -> {
            List<Future<?>> sent = new ArrayList<>(events.size());
            for (ChangeEvent<String, String> event : events) {
                sent.add(producer.send(
                    new ProducerRecord<>(event.destination(), event.key(), event.value())));
            }
            producer.flush();
            for (int n = 0; n < sent.size(); n++) {
                try {
                    sent.get(n).get();
                } catch (java.util.concurrent.ExecutionException refused) {
                    throw new IllegalStateException(refused);
                }
                committer.markProcessed(events.get(n));
            }
            committer.markBatchFinished();
            done += events.size();
            System.out.println("{\"done\": " + done + ", \"last\": " + System.nanoTime() / 1e9 + "}");
        };
        DebeziumEngine<?> engine = DebeziumEngine
            .create(KeyValueHeaderChangeEventFormat.of(SimpleString.class, SimpleString.class, Json.class),
                "io.debezium.embedded.async.ConvertingAsyncEngineBuilderFactory")
            .using(settings())
            .notifying(publish)
            .using((success, message, error) -> {
                System.err.println(message);
                System.exit(success ? 0 : 1);
            })
            .build();
        engine.run();
    }

    static KafkaProducer<String, String> producer() {
        Properties given = new Properties();
        given.put("bootstrap.servers", System.getenv("BENCH_KAFKA"));
        given.put("acks", "all");
        given.put("enable.idempotence", "true");
        given.put("batch.size", "262144");
        return new KafkaProducer<>(given, new StringSerializer(), new StringSerializer());
    }

    static Properties settings() {
        Properties given = new Properties();
        given.put("name", "bench");
        given.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        given.put("offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
        given.put("offset.storage.file.filename", System.getenv("BENCH_OFFSETS"));
        given.put("offset.flush.interval.ms", "1000");
        given.put("database.hostname", "127.0.0.1");
        given.put("database.port", System.getenv("BENCH_PORT"));
        given.put("database.user", System.getenv("BENCH_USER"));
        given.put("database.password", System.getenv("BENCH_PASSWORD"));
        given.put("database.dbname", System.getenv("BENCH_DATABASE"));
        given.put("topic.prefix", "bench");
        given.put("plugin.name", "pgoutput");
        given.put("slot.name", "bench");
        given.put("publication.autocreate.mode", "filtered");
        given.put("table.include.list", "public.outbox");
        given.put("snapshot.mode", "no_data");
        given.put("tombstones.on.delete", "false");
        given.put("poll.interval.ms", System.getenv("BENCH_POLL"));
        given.put("transforms", "outbox");
        given.put("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
        given.put("transforms.outbox.route.topic.replacement", "${routedByValue}");
        return given;
    }
}
