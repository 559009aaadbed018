package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
)

// Options are what a deployment says of its API.
type Options struct {
	Title  string // of the description
	Agency string // id of the one agency; empty shows all
	Log    *slog.Logger
}

// face answers the operations.
type face struct {
	reader  *public.Reader
	options Options
}

// Install adds the API to a server, under /api/.
func Install(s *web.Server, reader *public.Reader, options Options) error {
	handler, err := Handler(reader, options)
	if err != nil {
		return err
	}
	s.Mount("/api/", handler, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "60")
		problem(w, http.StatusTooManyRequests, "同一网络地址在短时间内的请求过多，请稍等一分钟再试")
	}))
	return nil
}

// Handler is the API alone.
func Handler(reader *public.Reader, options Options) (http.Handler, error) {
	if options.Log == nil {
		return nil, errors.New("api: a log is needed")
	}
	config := huma.DefaultConfig(options.Title, "1.0.0")
	config.Info.Description = "已公示的行政执法信息。只读；列表用 after 翻页，直到 next 为空。"
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/api/openapi", "", ""
	config.CreateHooks = nil // No $schema links in the answers: what is published is the data.
	config.Transformers = []huma.Transformer{inChinese}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		if allowed := web.Allowed(mux, r); len(allowed) > 0 {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			problem(w, http.StatusMethodNotAllowed, "接口只供读取，没有改变任何内容")
			return
		}
		problem(w, http.StatusNotFound, "没有这个接口，可用的接口见 /api/openapi.json")
	})
	f := &face{reader: reader, options: options}
	operations := humago.New(mux, config)
	f.register(operations)
	legible := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !web.Legible(r) {
			problem(w, http.StatusBadRequest, "地址中含有不能使用的字符（控制字符或者无法识别的编码）")
			return
		}
		mux.ServeHTTP(w, r)
	})
	return legible, f.index(mux, operations.OpenAPI())
}

// register is the whole list of operations.
func (f *face) register(a huma.API) {
	get(f, a, "list-publications", "/api/v1/publications", "执法结果：筛选和检索", f.publications)
	get(f, a, "get-publication", "/api/v1/publications/{id}", "一件执法结果；已撤下的只有文号、日期、原因和理由", f.publication)
	get(f, a, "list-items", "/api/v1/items", "执法事项清单", f.items)
	get(f, a, "get-item", "/api/v1/items/{code}", "一个执法事项：依据、服务指南、救济途径", f.item)
	get(f, a, "list-duties", "/api/v1/duties", "三项制度职责清单及落实情况", f.duties)
	get(f, a, "list-officers", "/api/v1/officers", "执法人员名单", f.officers)
	get(f, a, "list-agencies", "/api/v1/agencies", "执法机关", f.agencies)
	get(f, a, "list-register", "/api/v1/register", "决定登记簿：每件决定的公示进度", f.commitments)
	get(f, a, "get-checkpoint", "/api/v1/checkpoint", "留痕账本的签名检查点", f.checkpoint)
}

// Index is what stands at /api/v1: where the description is, and every operation.
type Index struct {
	Title       string  `json:"title"`
	Description string  `json:"description"`
	OpenAPI     string  `json:"openapi"`
	Operations  []Entry `json:"operations"`
}

// Entry is one operation of the index.
type Entry struct {
	Path    string `json:"path"`
	Summary string `json:"summary"`
}

// index answers for the address of the API itself, made from the same list by which the operations are served.
func (f *face) index(mux *http.ServeMux, description *huma.OpenAPI) error {
	out := Index{Title: description.Info.Title, Description: description.Info.Description, OpenAPI: "/api/openapi.json"}
	for path, item := range description.Paths {
		if item.Get != nil {
			out.Operations = append(out.Operations, Entry{path, item.Get.Summary})
		}
	}
	slices.SortFunc(out.Operations, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	body, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		return fmt.Errorf("api: index: %w", err)
	}
	for _, address := range []string{"GET /api/v1", "GET /api/v1/{$}"} {
		mux.HandleFunc(address, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(body)
		})
	}
	return nil
}

// reply is an answer with its body.
type reply[T any] struct {
	CacheControl string `header:"Cache-Control"`
	Body         T
}

// get adds one operation. What fails inside is logged here, once, and told in one sentence that says nothing of it.
func get[I, O any](f *face, a huma.API, id, path, summary string, do func(context.Context, *I) (O, error)) {
	operation := huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary}
	huma.Register(a, operation, func(ctx context.Context, in *I) (*reply[O], error) {
		body, err := do(ctx, in)
		if errors.Is(err, public.ErrNotFound) {
			return nil, huma.Error404NotFound("没有找到，或者不在公开的范围内")
		}
		if err != nil {
			if ctx.Err() == nil {
				f.options.Log.Error("an API request failed", "operation", id, "error", err)
			}
			return nil, huma.Error500InternalServerError("系统出现故障，已经记录")
		}
		return &reply[O]{CacheControl: "no-cache", Body: body}, nil
	})
}

// title is what a problem is called, by its status.
func title(status int) string {
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return "参数不符合要求"
	case http.StatusNotFound:
		return "没有找到"
	case http.StatusMethodNotAllowed:
		return "接口只读"
	case http.StatusNotAcceptable, http.StatusUnsupportedMediaType:
		return "不支持的格式"
	case http.StatusTooManyRequests:
		return "访问过于频繁"
	}
	if status >= 500 {
		return "暂时无法提供"
	}
	return "没有接受这个请求"
}

// inChinese gives every problem its Chinese words. The library's own sentences about a parameter are English; what stays
// is where the fault is and what was sent.
func inChinese(_ huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	told := &huma.ErrorModel{Status: model.Status, Title: title(model.Status), Detail: model.Detail}
	if model.Status >= 500 {
		told.Detail = "系统出现故障，已经记录"
		return told, nil
	}
	if len(model.Errors) > 0 {
		told.Detail = "请按 /api/openapi.json 中的说明修改参数"
	}
	for _, e := range model.Errors {
		told.Errors = append(told.Errors, &huma.ErrorDetail{Location: e.Location, Value: e.Value, Message: "这个参数的格式或者范围不符合要求"})
	}
	return told, nil
}

// problem writes a problem that arises outside the operations.
func problem(w http.ResponseWriter, status int, detail string) {
	body, err := json.Marshal(huma.ErrorModel{Status: status, Title: title(status), Detail: detail})
	if err != nil {
		body = []byte(fmt.Sprintf(`{"status":%d}`, status))
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
