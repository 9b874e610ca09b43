;; Asks Knossos about histories, in a process of its own: it changes settings of the whole JVM and
;; leaves threads behind. Arguments: a file, and the most milliseconds to spend. The file holds one
;; map: :model, the name of a function of knossos.model, :arguments of it, and :histories.
;;
;; Says one line: "second-opinion valid", "second-opinion invalid", "second-opinion unknown CAUSE"
;; or "second-opinion absent WHAT".

(require 'clojure.edn)

(defn say [& words]
  (println (apply str "second-opinion " (interpose " " words)))
  (flush))

(defn finish [code]
  (shutdown-agents)
  (System/exit code))

(defn find-function
  "A function of a namespace that may not be there."
  [namespace name]
  (try
    (require (symbol namespace))
    (or (ns-resolve (symbol namespace) (symbol name))
        (do (say "absent" (str namespace "/" name)) (finish 0)))
    (catch java.io.FileNotFoundException e
      (say "absent" (.getMessage e))
      (finish 0))))

(let [[file milliseconds] *command-line-args*
      {:keys [model arguments histories]} (clojure.edn/read-string (slurp file :encoding "UTF-8"))
      analysis (find-function "knossos.competition" "analysis")
      make-model (find-function "knossos.model" model)
      end (+ (System/currentTimeMillis) (Long/parseLong milliseconds))]
  (loop [left histories, unknown nil]
    (if (empty? left)
      (if unknown (say "unknown" unknown) (say "valid"))
      (let [time-left (max 1 (- end (System/currentTimeMillis)))
            result (analysis (apply make-model arguments) (first left) {:time-limit time-left})]
        (case (:valid? result)
          false (say "invalid")
          true (recur (rest left) unknown)
          (recur (rest left) (or (some-> (:cause result) name) "without a cause"))))))
  (finish 0))
