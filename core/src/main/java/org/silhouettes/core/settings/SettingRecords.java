package org.silhouettes.core.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads, checks and replaces the declared settings of a record and of the records in it. */
public final class SettingRecords {

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    private SettingRecords() {}

    /** All declarations, in the order of the components. */
    public static List<DeclaredSetting> declared(Class<?> type) {
        List<DeclaredSetting> declared = new ArrayList<>();
        for (RecordComponent component : COMPONENTS.get(type)) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting == null && component.getType().isRecord()) {
                declared.addAll(declared(component.getType()));
            } else if (setting != null && !setting.help().isEmpty()) {
                declared.add(new DeclaredSetting(setting, component.getType()));
            }
        }
        return declared;
    }

    /** The values of all settings, by key. */
    public static Map<String, Object> values(Record settings) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : COMPONENTS.get(settings.getClass())) {
            Setting setting = component.getAnnotation(Setting.class);
            Object value = value(settings, component);
            if (setting != null) {
                values.put(setting.key(), value);
            } else if (value instanceof Record nested) {
                values.putAll(values(nested));
            }
        }
        return values;
    }

    /**
     * The same record with other values.
     *
     * @param values by key; settings that it lacks stay as they are
     * @throws IllegalArgumentException where the record refuses a value
     */
    @SuppressWarnings("unchecked")
    public static <R extends Record> R with(R settings, Map<String, ?> values) {
        RecordComponent[] components = COMPONENTS.get(settings.getClass());
        Class<?>[] types = new Class<?>[components.length];
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Setting setting = components[i].getAnnotation(Setting.class);
            Object value = value(settings, components[i]);
            types[i] = components[i].getType();
            if (setting != null && values.containsKey(setting.key())) {
                value = values.get(setting.key());
            } else if (setting == null && value instanceof Record nested) {
                value = with(nested, values);
            }
            arguments[i] = value;
        }
        try {
            return (R) settings.getClass().getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IllegalArgumentException refusal ? refusal : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings record " + settings.getClass() + " must be public", e);
        }
    }

    /**
     * Checks the components of a record that is being constructed.
     *
     * @param values one per component, in their order
     * @throws IllegalArgumentException naming the key, the allowed values and the given one
     */
    public static void check(Class<? extends Record> type, Object... values) {
        RecordComponent[] components = COMPONENTS.get(type);
        for (int i = 0; i < components.length; i++) {
            Setting setting = components[i].getAnnotation(Setting.class);
            if (setting != null && !setting.help().isEmpty()) {
                new DeclaredSetting(setting, components[i].getType()).check(values[i]);
            } else if (values[i] == null) {
                throw new IllegalArgumentException(
                        type.getSimpleName() + '.' + components[i].getName() + " must not be null");
            }
        }
    }

    private static Object value(Record settings, RecordComponent component) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings record " + settings.getClass() + " must be public", e);
        }
    }
}
