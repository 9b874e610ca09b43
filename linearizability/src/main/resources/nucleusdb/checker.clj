(ns nucleusdb.checker
  "The judge of linearizability for Jepsen histories, in place of Knossos.

    (require '[nucleusdb.checker :as nucleusdb])
    (nucleusdb/analysis :cas-register history)          ; a map with :valid?
    (nucleusdb/linearizable {:model :cas-register})     ; a jepsen.checker/Checker

  A history is anything that is a sequence of operations, and an operation anything associative with
  :process, :type, :f and :value: maps, records, a jepsen.history. The order of the sequence is the
  order of the events; :time is not looked at. Operations of processes that are no numbers, such as
  :nemesis, are skipped. What :info, :fail and nil mean is what they mean for Knossos: a crashed
  operation may happen at any time or never, a failed one did not happen, and a read of nil saw
  something that was not recorded.

  Values are compared by what they print as: 1 and \"1\" differ, :a and \"a\" do not, [1 2] and (1 2)
  do not.

  The namespace needs clojure.core, clojure.string and the classes beside it."
  (:require [clojure.string :as str])
  (:import (dev.nucleusdb.linearizability Counterexample Effort Limits LinearizabilityChecker
                                          ObjectVerdict ObjectVerdict$Contradicted
                                          ObjectVerdict$Explained ObjectVerdict$Undecided Verdict
                                          Verdict$Cause)
           (dev.nucleusdb.linearizability.history History Operation Value Value$Whole)
           (dev.nucleusdb.linearizability.model Model Models)
           (dev.nucleusdb.linearizability.reader HistoryFormat HistoryReader
                                                 MalformedHistoryException ReadOptions)
           (dev.nucleusdb.linearizability.report VerdictReport)
           (dev.nucleusdb.linearizability.report.page LongestOrder LongestOrder$Step)
           (java.time Duration)
           (java.util.function Function LongSupplier)))

(def models
  "The models, as keywords."
  (set (map keyword (Models/names))))

(defn- initial-text
  "What an object holds at first, as it follows a model's name."
  [initial]
  (cond
    (nil? initial) ""
    (string? initial) (str ":\"" initial "\"")
    (or (integer? initial) (keyword? initial) (symbol? initial))
    (str ":" (if (integer? initial) initial (name initial)))
    :else (throw (IllegalArgumentException.
                  (str ":initial must be a whole number, a string or a keyword, but was "
                       (pr-str initial))))))

(defn- model-named
  "A model by keyword, or by text as in \"cas-register:0\"; one of Java as it is."
  ^Model [model initial]
  (if (instance? Model model)
    model
    (Models/named (str (name model) (initial-text initial)))))

(defn- line-of
  "An operation as one line of EDN. Whatever kind of map it is, a plain one is written."
  [op]
  (when-not (associative? op)
    (throw (IllegalArgumentException. (str "an operation must be a map, but was " (pr-str op)))))
  (str/replace (pr-str (into {} (filter (fn [[_ v]] (some? v)))
                             [[:process (:process op)]
                              [:type (:type op)]
                              [:f (:f op)]
                              [:key (:key op)]
                              [:value (:value op)]]))
               "\n" "\\n"))

(defn- text-of
  "A history as EDN, operation n on line n + 1."
  [ops]
  (binding [*print-length* nil
            *print-level* nil
            *print-meta* false
            *print-dup* false
            *print-readably* true
            *print-namespace-maps* false]
    (str "[" (str/join "\n" (map line-of ops)) "]")))

(defn- read-history
  ^History [ops ^Model model]
  (let [objection (reify Function
                    (apply [_ action] (.objectionTo model action)))]
    (try
      (HistoryReader/read "history" ^String (text-of ops)
                          (-> (ReadOptions/defaults)
                              (.in HistoryFormat/EDN)
                              (.judgedBy objection)))
      (catch MalformedHistoryException e
        (throw (IllegalArgumentException.
                (str "operation " (dec (.line e)) " of the history: " (.problem e)) e))))))

(defn- limits
  ^Limits [{:keys [time-limit max-configurations max-bytes]}]
  (cond-> (if max-configurations
            (Limits/configurations (long max-configurations))
            (Limits/defaults))
    max-bytes (.withinBytes (long max-bytes))
    time-limit (.within (Duration/ofMillis (long time-limit))
                        (reify LongSupplier
                          (getAsLong [_] (System/nanoTime))))))

(defn- completions
  "By place of an invocation, the place of its completion."
  [ops]
  (loop [place 0, waiting {}, found (transient {})]
    (if (= place (count ops))
      (persistent! found)
      (let [{:keys [process type]} (nth ops place)]
        (cond
          (= :invoke type) (recur (inc place) (assoc waiting process place) found)
          (waiting process) (recur (inc place)
                                   (dissoc waiting process)
                                   (assoc! found (waiting process) place))
          :else (recur (inc place) waiting found))))))

(defn- plain
  "A value of a verdict as one of Clojure."
  [value]
  (cond
    (= value Value/UNRECORDED) nil
    (instance? Value$Whole value) (.number ^Value$Whole value)
    :else (str value)))

(defn- invoked-at
  "The place of an operation's invocation among the given ones."
  [^Operation operation]
  (dec (.line operation)))

(defn- told
  "The completion of an operation if there is one, else its invocation, as it was given."
  [{:keys [ops completed]} ^Operation operation]
  (let [place (invoked-at operation)]
    (nth ops (get completed place place))))

(defn- final-path
  "The longest order that could be placed, and what could not come next."
  [origin ^LongestOrder order]
  (let [placed (mapv (fn [^LongestOrder$Step step]
                       {:op (told origin (.operation step)) :model (.after step)})
                     (.steps order))]
    (set (map (fn [^Operation operation]
                (conj placed {:op (told origin operation)
                              :model {:msg (str "not possible when the object is "
                                                (.before order))}}))
              (.blocked order)))))

(defn- previous-ok
  "The last completion before the one that could not be explained."
  [{:keys [ops completed]} ^Operation stuck]
  (let [end (get completed (invoked-at stuck) 0)]
    (->> (range (dec end) -1 -1)
         (map #(nth ops %))
         (filter #(and (= :ok (:type %)) (number? (:process %))))
         first)))

(defn- contradicted
  [origin ^Model model ^ObjectVerdict$Contradicted verdict]
  (let [^Counterexample example (.counterexample verdict)
        operations (.operations example)
        stuck (.stuck example)
        order (.orElse (LongestOrder/attempt model operations) nil)
        previous (previous-ok origin stuck)]
    {:valid? false
     :op (told origin stuck)
     :previous-ok previous
     :last-op previous
     :final-paths (if order (final-path origin order) #{})
     :configs (mapv (fn [state]
                      {:model state
                       :last-op previous
                       :pending (if order (mapv #(told origin %) (.blocked order)) [])})
                    (.possibleStates example))
     :counterexample {:operations (mapv #(told origin %) operations)
                      :context (mapv #(told origin %) (.context example))
                      :omitted-count (count (.omitted example))
                      :possible-states (vec (.possibleStates example))
                      :minimal? (.minimal example)}}))

(defn- undecided
  [origin ^ObjectVerdict$Undecided verdict]
  {:valid? :unknown
   :cause (condp = (.cause verdict)
            Verdict$Cause/DEADLINE :timeout
            Verdict$Cause/MEMORY :out-of-memory
            :configurations)
   :op (some->> (.deepest verdict) (told origin))
   :passed-count (.passedCount verdict)
   :return-count (.returnCount verdict)})

(defn- object-result
  [origin model ^ObjectVerdict verdict]
  (condp instance? verdict
    ObjectVerdict$Contradicted (contradicted origin model verdict)
    ObjectVerdict$Undecided (undecided origin verdict)
    ObjectVerdict$Explained {:valid? true
                             :linearization-count (count (.order ^ObjectVerdict$Explained verdict))}))

(defn- gravity
  [verdict]
  (condp instance? verdict
    ObjectVerdict$Contradicted 0
    ObjectVerdict$Undecided 1
    ObjectVerdict$Explained 2))

(defn analysis
  "Judges a history. The model is a keyword of `models`, or the text of one with what its objects
  hold at first, as \"cas-register:0\".

  Options:

    :initial             what each object holds at first: a whole number, a string or a keyword
    :time-limit          most milliseconds to spend; none by default
    :max-configurations  most configurations to remember for one object; 5,000,000 by default
    :max-bytes           most bytes to remember them in; 1 GiB by default

  Returns a map as Knossos does:

    :valid?          true, false, or :unknown if a limit came first
    :analyzer        :nucleusdb
    :configurations  how many the search visited
    :op              the completion that no order explains
    :previous-ok     the last completion before it
    :final-paths     the longest order that could be placed, ending in what could not be
    :configs         the states that were possible there, each with what was pending
    :cause           for :unknown, one of :timeout, :out-of-memory, :configurations
    :counterexample  the few operations that contradict each other, :minimal? if no fewer do
    :report          the verdict in words, with a drawing
    :failures        where objects are judged one by one, those that are wrong

  Where there are several objects, the gravest is told.

  Throws IllegalArgumentException if the history cannot be read or the model cannot judge it."
  ([model history] (analysis model history {}))
  ([model history options]
   (let [ops (vec history)
         model (model-named model (:initial options))
         history (read-history ops model)
         origin {:ops ops :completed (completions ops)}
         ^Verdict verdict (LinearizabilityChecker/check history model (limits options))
         fitted (.fittedTo ^Model model (.operations history))
         gravest (first (sort-by gravity (.objects verdict)))
         wrong (filter #(instance? ObjectVerdict$Contradicted %) (.objects verdict))]
     (merge (if gravest (object-result origin fitted gravest) {:valid? true})
            {:analyzer :nucleusdb
             :configurations (.configurations ^Effort (.effort verdict))
             :report (VerdictReport/text verdict)}
            (when (seq wrong)
              {:failures (vec (keep #(plain (.key ^ObjectVerdict %)) wrong))})))))

(def ^:private most-shown
  "How many paths and configurations a checker returns: a test's results are written to disk."
  10)

(defn check
  "What a Jepsen checker of these options answers: the result of `analysis`, with long lists cut."
  [options history]
  (-> (analysis (:model options) history options)
      (update :final-paths #(take most-shown %))
      (update :configs #(take most-shown %))))

(defn linearizable
  "A jepsen.checker/Checker that judges with this namespace, with the options of `analysis` and
  :model. It takes the place of (jepsen.checker/linearizable {:model …}).

  Throws IllegalArgumentException without a model, and IllegalStateException if Jepsen is not on the
  class path: then use `analysis`."
  [options]
  (when-not (:model options)
    (throw (IllegalArgumentException.
            (str "linearizable needs a :model, one of " (str/join ", " (sort models))))))
  (try
    (require 'jepsen.checker)
    (catch java.io.FileNotFoundException e
      (throw (IllegalStateException.
              "jepsen.checker is not on the class path; call nucleusdb.checker/analysis" e))))
  ((eval '(fn [judge]
            (reify jepsen.checker/Checker
              (check [_ _test history _opts] (judge history)))))
   (fn [history] (check options history))))
