-- Rotates over the bodies of a file, one a line; with "check" it looks for errors inside answers.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  bad = 0
  requests = {}
  for line in io.lines(args[1]) do
    table.insert(requests, wrk.format("POST", nil, {
      ["Content-Type"] = "application/json", ["Accept"] = "application/json"
    }, line))
  end
  at = 0
  if args[2] == "check" then
    response = function(status, _, body)
      if status ~= 200 or body:find('"errors"', 1, true) then bad = bad + 1 end
    end
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local wrong, e = 0, summary.errors
  for _, thread in ipairs(threads) do wrong = wrong + thread:get("bad") end
  io.write(string.format(
    '\n{"requests": %d, "us": %d, "p50": %d, "p99": %d, "max": %d, "bad": %d, "failed": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
    wrong, e.connect + e.read + e.write + e.status + e.timeout))
end
