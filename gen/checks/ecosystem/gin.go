package ecosystem

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/errspec/errspec/generated/apierr"
)

// recipe: gin

// forGin answers every error of a gin server from the catalog: those that handlers add, panics,
// requests that BindJSON refuses, and gin's own 404 and 405. Call it before you add routes.
func forGin(r *gin.Engine, d *apierr.Responder) http.Handler {
	r.HandleMethodNotAllowed = true
	r.Use(func(c *gin.Context) {
		c.Writer = held{c.Writer}
		c.Next()
		var err error
		if last := c.Errors.Last(); last != nil {
			err = last.Err
		}
		_, ours := apierr.From(err)
		if status := c.Writer.Status(); status >= 400 && !ours && !c.Writer.Written() {
			d.WriteStatus(c.Writer, c.Request, status, err) // gin's own, AbortWithStatus, BindJSON
			return
		}
		d.Write(c.Writer, c.Request, err)
	})
	r.GET("/agents/:code", func(c *gin.Context) {
		_ = c.Error(apierr.NewNotFoundAgent(c.Param("code")))
	})
	return d.Recover(r) // instead of gin.Recovery
}

// held delays the header that BindJSON and AbortWithError would send before the error is written.
type held struct{ gin.ResponseWriter }

func (w held) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w held) WriteHeaderNow() {
	if w.Status() < 400 {
		w.ResponseWriter.WriteHeaderNow()
	}
}

// end of recipe
