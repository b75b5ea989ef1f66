package org.silhouettes.dashboards.feed;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads record headers as text and numbers. */
final class RecordHeaders {

    private RecordHeaders() {}

    static String text(ConsumerRecord<byte[], byte[]> item, String name, String fallback) {
        Header header = item.headers().lastHeader(name);
        return header == null || header.value() == null ? fallback : new String(header.value(), StandardCharsets.UTF_8);
    }

    static String required(ConsumerRecord<byte[], byte[]> item, String name) {
        String text = text(item, name, null);
        if (text == null) {
            throw new IllegalArgumentException("header " + name + " is missing");
        }
        return text;
    }

    static long number(ConsumerRecord<byte[], byte[]> item, String name) {
        String text = required(item, name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("header " + name + " is \"" + shorten(text, 40) + "\", not a number", e);
        }
    }

    static String shorten(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
